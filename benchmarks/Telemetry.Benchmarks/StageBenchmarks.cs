using BenchmarkDotNet.Attributes;
using Telemetry.Benchmarks.Paths;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Envelope;
using Telemetry.Events.Publishing;

namespace Telemetry.Benchmarks;

/// <summary>The stages of a publish call, one by one.</summary>
[SimpleJob(warmupCount: 8, iterationCount: 9)]
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int EventsPerDrain = 1024;

    private readonly EventIdGenerator _ids = new();
    private readonly TimestampFormatter _times = new();
    private readonly EnvelopeScratch _scratch = new();
    private readonly EnvelopeWriter _writer = new(
        new EnvelopeSettings { ServiceName = Sample.ServiceName, Context = Sample.Context, Producer = Sample.TaskId }, TimeProvider.System);
    private readonly DeliveryLane _lane = new(
        DeliveryClass.Usage, new CountingTransport(), new LaneCapacity(100_000, 64 << 20), new SequenceCounter());
    private readonly List<EventChunk> _taken = [];
    private readonly EnvelopeComposer _composer = new();
    private readonly byte[] _event = new byte[4096];
    private readonly byte[] _text = new byte[64];
    private readonly DateTime _now = DateTime.UtcNow;
    private DetachedEvent? _encoded;
    private long _sequence;

    [GlobalSetup]
    public void SetUp()
    {
        // Stays current: nothing else runs in this process.
        Sample.StartActivity();
        _writer.Write(_scratch, _writer.PrefixOf(TaskRunStart.Descriptor), Sample.Event, out var record);
        _encoded = new DetachedEvent(record);
    }

    // The generator's names are checked when the program is built; this is what a name known only at run time costs.
    [Benchmark]
    public bool CheckName() => EventName.TryParse("xumi.task.run.start", out _);

    [Benchmark]
    public Guid Id() => _ids.Next(_now);

    [Benchmark]
    public DateTime Clock() => TimeProvider.System.GetUtcNow().UtcDateTime;

    [Benchmark]
    public void FormatTime() => _times.Write(_now, _text);

    /// <summary>The event's final bytes, on the sender's side; the text of id, time and sequence is in it.</summary>
    [Benchmark]
    public int Compose() => _composer.Compose(_encoded!.View(), ++_sequence, _event).Body.Length;

    /// <summary>The caller's record; clock and id are in it.</summary>
    [Benchmark]
    public int Encode()
    {
        _writer.Write(_scratch, _writer.PrefixOf(TaskRunStart.Descriptor), Sample.Event, out var record);
        return record.Bytes.Length;
    }

    /// <summary>A record into its lane; the chunks are taken and given back by the same thread.</summary>
    [Benchmark(OperationsPerInvoke = EventsPerDrain)]
    public void Enqueue()
    {
        var record = _encoded!.View();
        var length = record.EventLength;
        for (var i = 0; i < EventsPerDrain; i++)
        {
            if (_lane.TryAdd(_lane.StripeOf(threadId: 1), record, length, confirmation: null) != RefusalReason.None)
                throw new InvalidOperationException("An event was refused: the figure would not be that of an accepted one.");
        }

        _lane.Queue.Take(_taken);
        _lane.Queue.Return(_taken, firstUnsettled: 0);
        _taken.Clear();
    }
}
