using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Telemetry.Events.Testing;
using Telemetry.Events.Tests.Publishing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Observability;

[Collection(Alone.Name)]
public class SendActivityTests
{
    [Fact]
    public async Task A_batch_is_one_activity_linked_to_where_its_events_came_from()
    {
        var transport = new InMemoryTransport();
        transport.Pause();
        var (activities, listener) = Listen();
        using var _ = listener;
        ActivityContext first, second;
        await using (var publisher = PublisherFixture.Create(transport, options => options.BatchDelay = TimeSpan.FromMilliseconds(500)))
        {
            first = PublishWithin(publisher, "first");
            second = PublishWithin(publisher, "second");
            publisher.Publish(new UsageSample("outside of any"));
            transport.Resume();
            await publisher.FlushAsync(PublisherFixture.Patience);
        }

        var linked = activities.SelectMany(activity => activity.Links).Select(link => (link.Context.TraceId, link.Context.SpanId)).ToList();
        Assert.Contains((first.TraceId, first.SpanId), linked);
        Assert.Contains((second.TraceId, second.SpanId), linked);
        Assert.Equal(2, linked.Count);
        Assert.All(activities, activity =>
        {
            Assert.Equal(("telemetry.events.send", ActivityKind.Producer, null), (activity.OperationName, activity.Kind, activity.ParentId));
            Assert.Equal("in-memory", activity.GetTagItem("messaging.system"));
            Assert.Equal("usage", activity.GetTagItem("telemetry.delivery_class"));
        });
        Assert.Equal(3, activities.Sum(activity => (int)activity.GetTagItem("messaging.batch.message_count")!));
    }

    [Fact]
    public async Task An_attempt_that_leaves_events_unsettled_is_an_error_with_its_reason()
    {
        var (activities, listener) = Listen();
        using var _ = listener;
        await using var publisher = PublisherFixture.Create(
            new InMemoryTransport((_, attempt) => attempt == 1 ? DeliveryOutcome.Retriable("not_leader") : DeliveryOutcome.Delivered()));

        await publisher.ConfirmAsync(new UsageSample("a"));

        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], activities.Select(activity => activity.Status));
        Assert.Equal("not_leader", activities.First().GetTagItem("error.type"));
    }

    [Fact]
    public async Task OpenTelemetry_traces_an_event_from_where_it_is_published_to_where_it_is_sent()
    {
        var exported = new List<Activity>();
        using var service = new ActivitySource("a service");
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(service.Name, "Telemetry.Events").AddInMemoryExporter(exported).Build();
        var transport = new InMemoryTransport();
        await using (var publisher = PublisherFixture.Create(transport))
        {
            using var request = service.StartActivity("request");
            request!.TraceStateString = "vendor=1";
            publisher.Publish(new UsageSample("a"));
        }

        provider.ForceFlush();

        var (published, sent) = (exported.Single(activity => activity.OperationName == "request"), exported.Single(activity => activity.OperationName == "telemetry.events.send"));
        var envelope = Assert.Single(transport.Delivered).Envelope;
        Assert.Equal($"00-{published.TraceId}-{published.SpanId}-01", envelope.GetAttribute("traceparent"));
        Assert.Equal("vendor=1", envelope.GetAttribute("tracestate"));
        Assert.Equal(published.Context.SpanId, Assert.Single(sent.Links).Context.SpanId);
        Assert.NotEqual(published.TraceId, sent.TraceId);
    }

    private static ActivityContext PublishWithin(IEventPublisher publisher, string name)
    {
        using var activity = new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start();
        publisher.Publish(new UsageSample(name));
        return activity.Context;
    }

    private static (ConcurrentQueue<Activity> Activities, ActivityListener Listener) Listen()
    {
        var activities = new ConcurrentQueue<Activity>();
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Telemetry.Events",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return (activities, listener);
    }
}
