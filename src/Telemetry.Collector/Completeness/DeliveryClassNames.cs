using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>Delivery classes as the API, the metrics and the store name them: the same words as in reports.</summary>
internal static class DeliveryClassNames
{
    public static string Of(DeliveryClass delivery) => delivery switch
    {
        DeliveryClass.Audit => "audit",
        DeliveryClass.Usage => "usage",
        _ => "telemetry",
    };

    public static DeliveryClass? Find(string name) => name switch
    {
        "audit" => DeliveryClass.Audit,
        "usage" => DeliveryClass.Usage,
        "telemetry" => DeliveryClass.Telemetry,
        _ => null,
    };
}
