using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events.Publishing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Publishing;

/// <summary>A publisher over memory, with small bounds where a test asks for them.</summary>
internal static class PublisherFixture
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static EventPublisher Create(
        IEventTransport transport, Action<TelemetryEventsOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new TelemetryEventsOptions
        {
            ServiceName = "tests",
            RetryDelay = TimeSpan.FromMilliseconds(1),
            RetryMaxDelay = TimeSpan.FromMilliseconds(5),
        };
        // These tests count events; ProducerReporterTests are about the reports.
        options.Report.Enabled = false;
        configure?.Invoke(options);
        return new EventPublisher(
            Microsoft.Extensions.Options.Options.Create(options), [transport], time ?? TimeProvider.System, loggers: NullLoggerFactory.Instance);
    }

    public static DeliveryClassLedger Usage(this IEventPublisher publisher) => publisher.GetLedger()[DeliveryClass.Usage];

    /// <summary>Publishes one event and waits until the transport holds it, so that the lane's queue is empty and its sender busy.</summary>
    public static async Task OccupySenderAsync(this EventPublisher publisher, BlockingTransport transport)
    {
        Assert.True(publisher.Publish(new UsageSample("first")).IsAccepted);
        await transport.Entered.WaitAsync(Patience);
    }
}
