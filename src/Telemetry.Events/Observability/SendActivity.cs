using System.Diagnostics;
using System.Text;
using Telemetry.Events.Publishing;

namespace Telemetry.Events;

/// <summary>One activity a batch on the source <c>Telemetry.Events</c>, linked to the activities that its events came from.</summary>
internal static class SendActivity
{
    public const string SourceName = "Telemetry.Events";

    // OpenTelemetry's own default limit of links on a span; more would be cut there.
    private const int MaxLinks = 128;

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Start(string transport, DeliveryClass delivery, OutgoingBatch batch) => Source.HasListeners()
        ? Source.StartActivity(
            "telemetry.events.send",
            ActivityKind.Producer,
            parentContext: default,
            tags:
            [
                new("messaging.system", transport),
                new("messaging.operation.type", "send"),
                new("messaging.batch.message_count", batch.Remaining),
                new("telemetry.delivery_class", delivery.ToString().ToLowerInvariant()),
            ],
            links: Links(batch))
        : null;

    public static void Finish(Activity? activity, int unsettled, string reason)
    {
        if (activity is null || unsettled == 0)
            return;
        activity.SetTag("telemetry.events.unsettled", unsettled);
        activity.SetTag("error.type", reason);
        activity.SetStatus(ActivityStatusCode.Error, reason);
    }

    private static List<ActivityLink> Links(OutgoingBatch batch)
    {
        var links = new List<ActivityLink>();
        for (var i = 0; i < batch.Remaining && links.Count < MaxLinks; i++)
        {
            var traceParent = batch.TraceParentOf(i);
            if (!traceParent.IsEmpty && ActivityContext.TryParse(Encoding.ASCII.GetString(traceParent), null, out var context))
                links.Add(new ActivityLink(context));
        }

        return links;
    }
}
