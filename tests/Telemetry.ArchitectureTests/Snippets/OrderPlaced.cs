using Telemetry.Events;

[assembly: TelemetryTopic("shop")]

namespace Telemetry.ArchitectureTests.Snippets;

[TelemetryEvent("shop.order.place", Topic = "shop", Delivery = DeliveryClass.Usage)]
public readonly partial record struct OrderPlaced([EventSubject] string OrderId, [EventPartitionKey] string UserId, int Items);
