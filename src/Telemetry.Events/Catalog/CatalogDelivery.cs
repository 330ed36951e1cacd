namespace Telemetry.Events.Catalog;

/// <summary>The delivery class of the catalog's audit events.</summary>
internal static class CatalogDelivery
{
    // Usage until the class of events that are on disk before the call returns is there; then this one line changes.
    public const DeliveryClass Audit = DeliveryClass.Usage;
}
