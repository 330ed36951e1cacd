using System.Globalization;
using Telemetry.Collector.DirectTopics.Proof;

namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>What readiness and metrics know of the Quota Service. Safe for use from any thread.</summary>
internal sealed class QuotaProgress(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly IngestionProgress _stream = new(time);
    private readonly Dictionary<(string Topic, int Partition), UsageGap> _gaps = [];
    private QuotaStage _stage;
    private string? _starting;
    private string? _positions;

    /// <summary>How far it has come.</summary>
    public QuotaStage Stage
    {
        get
        {
            lock (_gate)
                return _stage;
        }
    }

    /// <summary>The partitions that are read, as they were last seen; what is committed is what was read here.</summary>
    public IReadOnlyList<KafkaPartition> Partitions => _stream.Partitions;

    /// <summary>Goes on to a stage, or says why it does not go on from this one.</summary>
    public void At(QuotaStage stage, string? problem = null)
    {
        lock (_gate)
            (_stage, _starting) = (stage, problem);
    }

    /// <summary>Says why the tables' positions are not known; null where they are.</summary>
    public void Positions(string? problem)
    {
        lock (_gate)
            _positions = problem;
    }

    /// <summary>What the stream has read.</summary>
    public void Read(IReadOnlyList<KafkaPartition> partitions) => _stream.Update(partitions);

    /// <summary>Why the stream does not go on.</summary>
    public void StreamFailed(string problem) => _stream.Fail(problem);

    /// <summary>Records that Kafka does not have any more were not read.</summary>
    public void Lost(UsageGap gap)
    {
        lock (_gate)
            _gaps[(gap.Topic, gap.Partition)] = gap;
    }

    /// <summary>The tables hold what was lost to the stream.</summary>
    public void Found(UsageGap gap)
    {
        lock (_gate)
            _gaps.Remove((gap.Topic, gap.Partition));
    }

    /// <summary>A sentence for what keeps it from answering rightly, or null where all is well.</summary>
    public string? FindProblem(TimeSpan stallTimeout)
    {
        lock (_gate)
        {
            if (_gaps.Count > 0)
                return string.Join(' ', _gaps.Values.Select(gap => gap.ToString()));
            if (_stage != QuotaStage.Serving)
                return string.Join(' ', new[] { Starting(), _starting ?? _positions }.OfType<string>());
            return _positions ?? _stream.FindProblem(stallTimeout);
        }
    }

    private string Starting() => _stage switch
    {
        QuotaStage.Replaying => "Starting: the state log is being read.",
        QuotaStage.FindingPositions => "Starting: Kafka is asked what the tables hold.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Starting: {Partitions.Sum(partition => partition.Lag)} usage records wait to be read."),
    };
}
