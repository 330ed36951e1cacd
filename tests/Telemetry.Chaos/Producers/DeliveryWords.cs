using System.Runtime.InteropServices;
using Telemetry.Chaos.Events;
using Telemetry.Events;

namespace Telemetry.Chaos.Producers;

/// <summary>What a call said of one event.</summary>
/// <param name="Delivery">The class.</param>
/// <param name="Number">Which event.</param>
/// <param name="Detail">The id of an accepted event, the reason of a refused one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeliveryWords(DeliveryClass Delivery, EventNumber Number, string Detail);
