using Telemetry.Events;

[assembly: TelemetryTopic("shop_orders")]

namespace Telemetry.Events.Testing.Tests.Publisher;

[TelemetryEvent("shop.order.place", Topic = "shop_orders", Delivery = DeliveryClass.Usage)]
public readonly partial record struct OrderPlaced([EventSubject] string OrderId, string UserId, int Lines);
