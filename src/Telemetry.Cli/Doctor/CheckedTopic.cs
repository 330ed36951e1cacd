using Telemetry.Events;

namespace Telemetry.Cli.Doctor;

/// <summary>A topic that the service writes to, and in which delivery classes.</summary>
internal sealed record CheckedTopic(string Name, IReadOnlyList<DeliveryClass> Deliveries);
