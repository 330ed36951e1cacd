using Telemetry.Events.Transport;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>The transport straight to the embedded broker, by one of its two clients.</summary>
internal sealed class KafkaHarness(KafkaClient client) : EmbeddedKafkaHarness
{
    private const int MaxMessageBytes = 1_000_000;

    public override int TooLargeBytes => MaxMessageBytes + 1;

    public override ValueTask<IEventTransport> CreateTransportAsync()
    {
        var options = new KafkaTransportOptions { ConnectionString = Kafka.BootstrapServers, Client = client };
        options.Properties["message.max.bytes"] = $"{MaxMessageBytes}";
        return ValueTask.FromResult<IEventTransport>(new KafkaTransport(
            KafkaTransport.DefaultName, options, new TelemetryEventsOptions { ServiceName = "tests" }, TimeProvider.System));
    }
}
