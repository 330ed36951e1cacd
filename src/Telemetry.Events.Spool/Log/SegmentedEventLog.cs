using System.Text;
using Telemetry.Events.Spool.Records;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>A log of this process. Any thread appends; its <see cref="Committer"/> writes.</summary>
internal sealed class SegmentedEventLog : ReadableLog, IEventLog
{
    private const int MaxTopicBytes = ushort.MaxValue;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);

    private readonly long _logId;
    private readonly CommitQueue _queue;
    private readonly Committer _committer;

    /// <param name="location">Where the log is.</param>
    /// <param name="logId">An id that no other log has.</param>
    /// <param name="settings">What it works by.</param>
    /// <param name="prepareDirectory">Makes the log's directory where it is missing, and holds its lock.</param>
    public SegmentedEventLog(LogLocation location, long logId, LogSettings settings, Action prepareDirectory)
        : base(location, NewState(location, settings), settings)
    {
        _logId = logId;
        _queue = new CommitQueue(State, settings, RetryInterval);
        _committer = new Committer(_queue, State, settings, location.Directory, logId, prepareDirectory);
    }

    public long CommittedPosition => State.Committed;

    public override EventLogUsage Usage => State.Usage(Settings.MaxBytes, _queue.Failure);

    /// <summary>How long the commit that runs now has been running; null where none does.</summary>
    public TimeSpan? CommitRunsFor => _committer.RunsFor;

    public bool IsDrained => State.IsDrained;

    public AppendResult Append(in SpooledEvent spooled)
    {
        var topicLength = Encoding.UTF8.GetByteCount(spooled.Topic);
        var bytes = (long)RecordHeader.Size + topicLength + spooled.Key.Length + spooled.Body.Length;
        if (topicLength > MaxTopicBytes || bytes > RecordHeader.MaxRecordBytes || bytes > Settings.MaxBytes)
            return new AppendResult(0, SpoolRefusal.TooLarge);

        lock (_queue.Gate)
        {
            var refusal = _queue.Admit(bytes);
            if (refusal != SpoolRefusal.None)
                return new AppendResult(0, refusal);

            _committer.Start();
            var record = _queue.Reserve((int)bytes, spooled.Time, out var position);
            var content = record[RecordHeader.Size..];
            Encoding.UTF8.GetBytes(spooled.Topic, content);
            spooled.Key.Span.CopyTo(content[topicLength..]);
            spooled.Body.Span.CopyTo(content[(topicLength + spooled.Key.Length)..]);
            new RecordHeader(
                topicLength, spooled.Key.Length, spooled.Body.Length, position, spooled.Time, spooled.Id,
                RecordHeader.Hash(content, _logId)).Write(record, _logId);
            return new AppendResult(position, SpoolRefusal.None);
        }
    }

    public SpoolRefusal WaitForCommit(long position, TimeSpan timeout) =>
        _queue.Find(position, out var settled)?.Wait(timeout) ?? settled;

    public ValueTask<SpoolRefusal> WaitForCommitAsync(long position, CancellationToken cancellationToken = default) =>
        _queue.Find(position, out var settled) is { } group
            ? new ValueTask<SpoolRefusal>(group.WaitAsync().WaitAsync(cancellationToken))
            : ValueTask.FromResult(settled);

    /// <summary>Has the committer find out whether a log that failed works again.</summary>
    public void Probe() => _queue.RequestProbe();

    /// <summary>Commits what was appended, and gives back what is settled.</summary>
    public async Task CloseAsync()
    {
        _queue.Close();
        await _committer.Ended.ConfigureAwait(false);
        State.Trim();
        Dispose();
    }

    public override void Dispose()
    {
        base.Dispose();
        _queue.Dispose();
    }

    protected override void OnAcknowledged()
    {
        State.Trim();
        if (State.FileBytes >= Settings.DrainedSegmentBytes && State.IsDrained)
            _queue.RequestTrim();
    }

    private static LogState NewState(LogLocation location, LogSettings settings) =>
        new(location.Directory, new Storage.SegmentList(), settings, isReadOnly: false);
}
