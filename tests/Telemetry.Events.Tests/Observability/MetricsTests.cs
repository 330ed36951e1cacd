using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Telemetry.Events.Testing;
using Telemetry.Events.Tests.Publishing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Tests.Observability;

/// <summary>Names, units and attributes are a contract: docs/observability.md lists them.</summary>
[Collection(Alone.Name)]
public class MetricsTests
{
    [Fact]
    public async Task Every_count_of_the_ledger_is_a_metric()
    {
        var transport = new InMemoryTransport((outgoing, attempt) =>
            outgoing.Key.IsEmpty ? DeliveryOutcome.Final("too_odd") : attempt == 1 ? DeliveryOutcome.Retriable("later") : DeliveryOutcome.Delivered());
        await using var publisher = PublisherFixture.Create(transport, options => options.MaxEventBytes = 1024);
        publisher.Publish(new UsageSample("delivered", "key"));
        publisher.Publish(new UsageSample("dropped"));
        publisher.Publish(new UsageSample(new string('x', 2000)));
        await publisher.FlushAsync(PublisherFixture.Patience);

        var metrics = Collect();

        Assert.Equal(2, metrics["telemetry.events.accepted{delivery_class=usage,transport=in-memory}"]);
        Assert.Equal(1, metrics["telemetry.events.delivered{delivery_class=usage,transport=in-memory}"]);
        Assert.Equal(1, metrics["telemetry.events.retried{delivery_class=usage,transport=in-memory}"]);
        Assert.Equal(1, metrics["telemetry.events.dropped{delivery_class=usage,reason=too_odd,transport=in-memory}"]);
        Assert.Equal(1, metrics["telemetry.events.refused{delivery_class=usage,reason=too_large,transport=in-memory}"]);
        Assert.Equal(0, metrics["telemetry.events.buffered{delivery_class=usage,transport=in-memory}"]);
        Assert.Equal(0, metrics["telemetry.events.buffered.size{delivery_class=usage,transport=in-memory}"]);
    }

    [Fact]
    public async Task OpenTelemetry_reads_them_with_the_delivery_time()
    {
        var exported = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Telemetry.Events").AddInMemoryExporter(exported).Build();
        await using var publisher = PublisherFixture.Create(new InMemoryTransport());
        for (var i = 0; i < 10; i++)
            await publisher.ConfirmAsync(new UsageSample("a"));

        provider.ForceFlush();

        Assert.Equal(
            [
                "telemetry.events.accepted {event}", "telemetry.events.buffered {event}", "telemetry.events.buffered.size By",
                "telemetry.events.delivered {event}", "telemetry.events.delivery.duration s", "telemetry.events.recovered {event}",
                "telemetry.events.redelivered {event}", "telemetry.events.retried {event}", "telemetry.events.spooled {event}",
                "telemetry.events.spooled.size By",
            ],
            exported.Select(metric => $"{metric.Name} {metric.Unit}").Order(StringComparer.Ordinal));
        foreach (ref readonly var point in exported.Single(metric => metric.Name == "telemetry.events.delivery.duration").GetMetricPoints())
        {
            Assert.Equal(10, point.GetHistogramCount());
            Assert.InRange(point.GetHistogramSum(), 0, PublisherFixture.Patience.TotalSeconds);
        }
    }

    private static Dictionary<string, long> Collect()
    {
        var collected = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Telemetry.Events")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return collected;

        void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var key = $"{instrument.Name}{{{string.Join(',', tags.ToArray().OrderBy(tag => tag.Key).Select(tag => $"{tag.Key}={tag.Value}"))}}}";
            collected[key] = collected.GetValueOrDefault(key) + value;
        }
    }
}
