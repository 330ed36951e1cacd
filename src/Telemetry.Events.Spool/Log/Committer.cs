using Telemetry.Events.Spool.Storage;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>
/// The thread that writes a log's groups, one after the other. A thread of its own, since all it does is wait for the disk.
/// </summary>
internal sealed class Committer(
    CommitQueue queue, LogState state, LogSettings settings, string directory, long logId, Action prepareDirectory)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private long _startedAt;

    // The committer's own.
    private SegmentWriter? _writer;
    private bool _isKnown;

    /// <summary>How long the commit that runs now has been running; null where none does.</summary>
    public TimeSpan? RunsFor => Volatile.Read(ref _startedAt) is var started and not 0 ? settings.Time.GetElapsedTime(started) : null;

    /// <summary>Completes when the thread has ended after <see cref="CommitQueue.Close"/>.</summary>
    public Task Ended
    {
        get
        {
            lock (queue.Gate)
                return _thread is null ? Task.CompletedTask : _ended.Task;
        }
    }

    /// <summary>Starts the thread with the first event: a lane that needs no log costs none. Called under the queue's gate.</summary>
    public void Start()
    {
        if (_thread is not null)
            return;
        _thread = new Thread(Run) { IsBackground = true, Name = "Telemetry.Events.Spool committer" };
        _thread.Start();
    }

    private void Run()
    {
        while (true)
        {
            var work = queue.Take();
            if (work.Group is { } group)
                Commit(group, work.FirstTime);
            else if (work.Probe)
                Probe(work.NextPosition);
            if (work.Trim && _writer is not null && _writer.Offset >= settings.DrainedSegmentBytes && state.IsDrained)
                Leave();
            if (work.IsLast && work.Group is null)
                break;
        }

        if (_writer is not null)
            Leave();
        _ended.TrySetResult();
    }

    private void Commit(CommitGroup group, DateTime firstTime)
    {
        var started = settings.Time.GetTimestamp();
        Volatile.Write(ref _startedAt, started);
        try
        {
            if (_writer is not null && _writer.Offset > 0 && _writer.Offset + group.Bytes > settings.SegmentBytes)
                Leave();
            _writer ??= Create(group.FirstPosition);
            var others = state.FileBytes - (_isKnown ? _writer.FileBytes : 0);
            _writer.Commit(group.Records, Math.Min(settings.SegmentBytes, settings.MaxBytes - others));
            if (!_isKnown)
                state.Begin(_writer.Segment);
            _isKnown = true;
            state.Commit(group.FirstPosition, group.LastPosition, firstTime, _writer.Offset, _writer.FileBytes);
            settings.Metrics?.Committed(settings.Time.GetElapsedTime(started), group.Count);
            queue.Committed(group);
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            Fail(group, exception);
        }
        finally
        {
            Volatile.Write(ref _startedAt, 0);
        }
    }

    private void Probe(long nextPosition)
    {
        try
        {
            _writer ??= Create(nextPosition);
            _writer.Probe();
            queue.Works();
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            Fail(null, exception);
        }
    }

    private SegmentWriter Create(long firstPosition)
    {
        prepareDirectory();
        _isKnown = false;
        return SegmentWriter.Create(directory, new SegmentName(firstPosition, logId, firstPosition - 1 - state.Committed), settings.AheadBytes);
    }

    private void Fail(CommitGroup? group, Exception exception)
    {
        var reason = DiskFailure.Classify(exception);
        // What a failed flush left in the page cache is not to be trusted: the next attempt writes to a file of its own.
        _writer?.Abandon();
        EndSegment();
        var events = queue.Failed(group, reason);
        settings.Metrics?.CommitFailed(reason, events);
        settings.Logger.CommitFailed(exception, events, directory, reason.ToCode());
    }

    /// <summary>The segment takes no more records: the room written ahead goes back, and the segment too where all is acknowledged.</summary>
    private void Leave()
    {
        _writer!.Abandon();
        EndSegment();
        state.Trim();
    }

    private void EndSegment()
    {
        if (_isKnown)
            state.End(_writer!.FileBytes);
        _writer = null;
        _isKnown = false;
    }
}
