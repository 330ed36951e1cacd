using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>
/// Encodes payloads by the real publisher, so that the double shows the bytes that consumers get and refuses what production
/// refuses. One for the process; it holds nothing between two events.
/// </summary>
internal static class PayloadEncoder
{
    private static readonly Lazy<(IEventPublisher Publisher, CapturingTransport Transport)> Real = new(Create);

    // All of the context is set, so that the variables of the machine that runs the tests play no part. The limits are those of
    // a publisher that is never full: a test alone decides about that.
    private static Dictionary<string, string?> Settings => new()
    {
        ["TelemetryEvents:ServiceName"] = "in-memory",
        ["TelemetryEvents:BatchDelay"] = "00:00:00",
        ["TelemetryEvents:MaxBufferedEvents"] = "10000000",
        ["TelemetryEvents:MaxBufferedBytes"] = "4000000000",
        ["TelemetryEvents:Context:TenantId"] = Guid.Empty.ToString(),
        ["TelemetryEvents:Context:NodeId"] = Guid.Empty.ToString(),
        ["TelemetryEvents:Context:VmType"] = "none",
        ["TelemetryEvents:Context:HostName"] = "none",
        ["TelemetryEvents:Context:StorageSize"] = "none",
        ["TelemetryEvents:Context:StorageType"] = "none",
    };

    /// <summary>Encodes on the caller's thread; never blocks.</summary>
    /// <param name="descriptor">The kind of event.</param>
    /// <param name="data">The payload.</param>
    /// <param name="envelope">
    /// What consumers read, very soon; null where the event is refused. Whoever needs it waits for it, and not the code under test: that may run on the very
    /// threads that bring it.
    /// </param>
    public static PublishResult Encode<TData>(EventDescriptor descriptor, in TData data, out Task<EventEnvelope>? envelope)
        where TData : IEventData
    {
        var (publisher, transport) = Real.Value;
        // Of class Usage whatever it is: what other classes promise, such as a place on disk, has nothing to do with its bytes.
        var kind = new EventDescriptor(descriptor.Name, descriptor.Topic, DeliveryClass.Usage);
        var result = publisher.Publish(kind, data);
        envelope = result.IsAccepted ? transport.WhenSentAsync(result.EventId) : null;
        return result;
    }

    private static (IEventPublisher Publisher, CapturingTransport Transport) Create()
    {
        var transport = new CapturingTransport();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        services.AddSingleton<IEventTransport>(transport);
        services.AddTelemetryEvents();
        // Never disposed: it is idle between two events and ends with the process.
        return (services.BuildServiceProvider().GetRequiredService<IEventPublisher>(), transport);
    }
}
