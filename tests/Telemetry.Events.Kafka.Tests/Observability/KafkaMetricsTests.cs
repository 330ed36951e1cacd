using System.Diagnostics.Metrics;
using Telemetry.Events.Kafka.Tests.Transport;

namespace Telemetry.Events.Kafka.Tests.Observability;

/// <summary>Names, units and attributes are a contract: docs/kafka.md lists them.</summary>
[Trait("Category", "Integration")]
public class KafkaMetricsTests
{
    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task Librdkafkas_statistics_are_metrics(KafkaClient client)
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(client, options => options.StatisticsInterval = TimeSpan.FromSeconds(1));
        await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(500, i => $"key-{i}"));

        var metrics = new Dictionary<string, double>();
        await Wait.UntilAsync(
            () => (metrics = Collect(transport)).GetValueOrDefault("telemetry.events.kafka.sent.messages {message}") >= 500,
            "the messages are in the statistics");

        var address = $"server.address={broker.Cluster.BootstrapServers}";
        Assert.Equal(
            [
                $"telemetry.events.kafka.broker.connects {{connection}} {address}",
                $"telemetry.events.kafka.broker.disconnects {{connection}} {address}",
                $"telemetry.events.kafka.broker.retries {{request}} {address}",
                $"telemetry.events.kafka.broker.rtt.p99 s {address}",
                $"telemetry.events.kafka.broker.throttle s {address}",
                "telemetry.events.kafka.queue.messages {message}",
                "telemetry.events.kafka.queue.size By",
                "telemetry.events.kafka.sent.messages {message}",
                "telemetry.events.kafka.sent.size By",
            ],
            metrics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(500, metrics["telemetry.events.kafka.sent.messages {message}"]);
        Assert.True(metrics["telemetry.events.kafka.sent.size By"] > 500);
        Assert.Equal(1, metrics[$"telemetry.events.kafka.broker.connects {{connection}} {address}"]);
        Assert.Equal(0, metrics["telemetry.events.kafka.queue.messages {message}"]);
    }

    private static Dictionary<string, double> Collect(KafkaTransport transport)
    {
        var values = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests' transports have meters of the same name.
                if (ReferenceEquals(instrument.Meter, transport.Metrics.Meter))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => values[Describe(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => values[Describe(instrument, tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }

    private static string Describe(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = $"{instrument.Name} {instrument.Unit}";
        foreach (var (name, value) in tags)
        {
            if (name == "transport")
                Assert.Equal("kafka", value);
            else
                text += $" {name}={value}";
        }

        return text;
    }
}
