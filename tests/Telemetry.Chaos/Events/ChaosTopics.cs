using Telemetry.Events;

namespace Telemetry.Chaos.Events;

/// <summary>One kind of event and one topic for each delivery class.</summary>
internal static class ChaosTopics
{
    public const int Partitions = 8;

    public static readonly IReadOnlyList<DeliveryClass> Classes = [DeliveryClass.Audit, DeliveryClass.Usage, DeliveryClass.Telemetry];

    private static readonly Dictionary<DeliveryClass, EventDescriptor> Descriptors = Classes.ToDictionary(
        delivery => delivery, delivery => new EventDescriptor($"test.{Name(delivery)}.happen", TopicOf(delivery), delivery));

    public static EventDescriptor DescriptorOf(DeliveryClass delivery) => Descriptors[delivery];

    public static string TopicOf(DeliveryClass delivery) => $"chaos_{Name(delivery)}";

    public static DeliveryClass ClassOf(string topic) => Classes.First(delivery => TopicOf(delivery) == topic);

    private static string Name(DeliveryClass delivery) => delivery switch
    {
        DeliveryClass.Audit => "audit",
        DeliveryClass.Usage => "usage",
        _ => "telemetry",
    };
}
