using System.Runtime.InteropServices;
using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>What counts its sequences by itself: one delivery class of one producer.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProducerClassKey(string Producer, DeliveryClass Delivery);
