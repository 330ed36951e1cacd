using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests;

/// <summary>Names, units and attributes are a contract: docs/observability.md lists them.</summary>
[Trait("Category", "Integration")]
public sealed class SpoolMetricsTests : IDisposable
{
    private readonly SpoolFixture _fixture = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Dictionary<string, double> _seen = new(StringComparer.Ordinal);

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public void Dispose()
    {
        _services.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public async Task Commits_sizes_ages_and_refusals_are_measured()
    {
        _fixture.Options.MaxUsageEvents = 100;
        using var listener = Listen();
        await using var spool = new EventSpool(_fixture.Options, _fixture.Time, NullLogger.Instance, Meters);
        var log = SpoolFixture.Log(spool);
        SpoolFixture.Write(log, 1, 100);
        Assert.Equal(SpoolRefusal.Full, log.Append(SpoolFixture.Event(101)).Refusal);

        listener.RecordObservableInstruments();

        Assert.True(Seen("telemetry.events.spool.commits {commit}", "outcome=durable") >= 1);
        Assert.True(Seen("telemetry.events.spool.commit.duration s") > 0);
        Assert.Equal(100, Seen("telemetry.events.spool.commit.events {event}"));
        Assert.Equal(1, Seen("telemetry.events.spool.refused {event}", "reason=spool_full"));
        Assert.Equal(1, Seen("telemetry.events.spool.segments {segment}", "origin=own"));
        Assert.Equal(100, Seen("telemetry.events.spool.events {event}", "origin=own"));
        Assert.Equal(log.Usage.Bytes, Seen("telemetry.events.spool.size By", "origin=own"));
        Assert.True(Seen("telemetry.events.spool.oldest.age s", "origin=own") > 0);
    }

    [Fact]
    public async Task Records_that_are_lost_to_damage_are_counted_and_what_was_left_is_told_apart()
    {
        await using (var first = _fixture.Open())
            SpoolFixture.Write(SpoolFixture.Log(first), 1, 10);
        var segment = _fixture.Files("*.segment").Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        using var listener = Listen();

        await using var spool = new EventSpool(_fixture.Options, _fixture.Time, NullLogger.Instance, Meters);
        var left = Assert.Single(spool.TakeOver());
        listener.RecordObservableInstruments();

        Assert.Equal(1, Seen("telemetry.events.spool.corrupt {event}"));
        Assert.Equal(9, left.Usage.Events);
        Assert.Equal(9, Seen("telemetry.events.spool.events {event}", $"origin={Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(segment)))}"));
    }

    [Fact]
    public async Task Room_by_events_comes_back_when_they_are_acknowledged()
    {
        _fixture.Options.MaxUsageEvents = 10;
        await using var spool = _fixture.Open();
        var log = SpoolFixture.Log(spool);
        SpoolFixture.Write(log, 1, 10);
        Assert.Equal(SpoolRefusal.Full, log.Append(SpoolFixture.Event(11)).Refusal);

        var read = log.Read(4).Span[^1].Position;
        log.Acknowledge(read);

        SpoolFixture.Write(log, 11, read);
        Assert.Equal(SpoolRefusal.Full, log.Append(SpoolFixture.Event(99)).Refusal);
    }

    [Fact]
    public async Task A_commit_that_is_being_told_takes_its_room_once()
    {
        var appended = new List<AppendResult>();
        await using var spool = new EventSpool(_fixture.Options, _fixture.Time, NullLogger.Instance, Meters);
        var log = SpoolFixture.Log(spool);
        // Measured by the committing thread, after the log's state knows of the commit and before the queue does.
        using var listener = Listen(instrument =>
        {
            if (instrument.Name == "telemetry.events.spool.commit.events" && appended.Count == 0)
                appended.Add(log.Append(SpoolFixture.Event(2, bodyBytes: 1_000_000)));
        });

        SpoolFixture.Write(log, 1, 1, bodyBytes: 2_500_000);

        Assert.Equal([new AppendResult(2, SpoolRefusal.None)], appended);
    }

    private double Seen(string instrument, string? tag = null)
    {
        lock (_seen)
        {
            return _seen.Where(entry => entry.Key.StartsWith(instrument + "{", StringComparison.Ordinal) && (tag is null || entry.Key.Contains(tag, StringComparison.Ordinal)))
                .Sum(entry => entry.Value);
        }
    }

    private MeterListener Listen(Action<Instrument>? measured = null)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                // Meters of other tests have the same name.
                if (ReferenceEquals(instrument.Meter.Scope, Meters) && instrument.Meter.Name == "Telemetry.Events.Spool")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.Start();
        return listener;

        void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Add(instrument, value, tags);
            measured?.Invoke(instrument);
        }
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = $"{instrument.Name} {instrument.Unit}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))}}}";
        lock (_seen)
            _seen[key] = _seen.GetValueOrDefault(key) + value;
    }
}
