using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>The topics of the catalog and the delivery class of their events. A test holds it to the catalog.</summary>
internal static class CatalogTopicClasses
{
    public const string ReportTopic = "telemetry_producer";

    public static IReadOnlyDictionary<string, DeliveryClass> All { get; } = new Dictionary<string, DeliveryClass>(StringComparer.Ordinal)
    {
        ["xumi_load"] = DeliveryClass.Usage,
        ["xumi_task"] = DeliveryClass.Usage,
        ["pbac_access"] = DeliveryClass.Audit,
        ["pbac_politics"] = DeliveryClass.Audit,
        ["pbac_service"] = DeliveryClass.Audit,
        ["asset_access"] = DeliveryClass.Audit,
        ["asset_transfer"] = DeliveryClass.Audit,
        ["wkf_cpu"] = DeliveryClass.Usage,
        ["wkf_gpu"] = DeliveryClass.Usage,
        ["kuber_cpu"] = DeliveryClass.Usage,
        ["kuber_gpu"] = DeliveryClass.Usage,
        ["mcp"] = DeliveryClass.Usage,
        ["quota_limit"] = DeliveryClass.Usage,
        [ReportTopic] = DeliveryClass.Usage,
    };
}
