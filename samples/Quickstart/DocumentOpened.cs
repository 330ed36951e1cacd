using Telemetry.Events;

[assembly: TelemetryTopic("quickstart")]

namespace Quickstart;

[TelemetryEvent("quickstart.document.open", Topic = "quickstart", Delivery = DeliveryClass.Usage)]
public readonly partial record struct DocumentOpened([EventSubject] string DocumentId, [EventPartitionKey] string UserId);
