using Telemetry.Events.Spool.Records;
using Telemetry.Events.Spool.Storage;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>Reads a log from segment to segment: intact events in ascending order, damage reported. Used by one thread at a time.</summary>
internal sealed class SegmentReader : IDisposable
{
    private readonly ISegmentSource _source;
    private readonly long _startAfter;
    private readonly SegmentWindow _window = new();
    private readonly TopicNames _topics = new();
    private readonly PendingDamage _damage = new();
    private SpooledEvent[] _events = [];

    // The segment being read, or read last; null before the first.
    private Segment? _segment;
    private bool _isOpen;

    // The next position in sequence; 0 before the first segment of a log whose start is not known.
    private long _expected;

    /// <param name="source">The log.</param>
    /// <param name="startAfter">The position behind which to start; 0 for the log's start, wherever that is.</param>
    public SegmentReader(ISegmentSource source, long startAfter)
    {
        _source = source;
        _startAfter = LastPosition = startAfter;
        _expected = startAfter > 0 ? startAfter + 1 : 0;
    }

    /// <summary>The position of the last event returned, or passed over because it was acknowledged before.</summary>
    public long LastPosition { get; private set; }

    /// <summary>Reads up to <paramref name="maxEvents"/>; what was read before is no longer valid.</summary>
    public ReadOnlyMemory<SpooledEvent> Read(int maxEvents)
    {
        var count = 0;
        while (count < maxEvents && (_isOpen || TryOpenNext()))
        {
            var view = _source.View(_segment!);
            var step = _window.Next(view.Bytes, _segment!.Name.LogId);
            switch (step.Kind)
            {
                case ScanKind.NeedMore when count > 0:
                    return _events.AsMemory(0, count);
                case ScanKind.NeedMore:
                    Fill(step.Bytes, view);
                    break;
                case ScanKind.End:
                    AccountForRest(view);
                    if (!view.IsSealed)
                        return _events.AsMemory(0, count);
                    Leave();
                    break;
                case ScanKind.Record:
                    if (Accept(step.Header, view))
                        Add(ref count, step.Header);
                    _window.Advance(step.Bytes);
                    break;
                default:
                    _damage.Extend(_window.Offset, step, _expected, view.Limit);
                    _window.Advance(step.Bytes);
                    break;
            }
        }

        return _events.AsMemory(0, count);
    }

    public void Dispose() => _window.Dispose();

    private bool TryOpenNext()
    {
        while (_source.After(_segment) is { } next)
        {
            _segment = next;
            var known = next.Name.FirstPosition - next.Name.GivenUp;
            if (_expected > 0 && known > _expected)
                ReportLost(0, 0, known, DamageReason.Missing);
            _expected = next.Name.FirstPosition;
            try
            {
                _window.Open(next);
                return _isOpen = true;
            }
            catch (Exception exception) when (DiskFailure.IsFailure(exception))
            {
                GiveUp(exception is FileNotFoundException or DirectoryNotFoundException ? DamageReason.Missing : DamageReason.Unreadable);
            }
        }

        return false;
    }

    private void Fill(int atLeast, SegmentView view)
    {
        try
        {
            _window.Fill(atLeast, view.Bytes);
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            GiveUp(DamageReason.Unreadable);
        }
    }

    /// <summary>Whether a record is the next event to return.</summary>
    private bool Accept(in RecordHeader header, SegmentView view)
    {
        // Given up by a failed commit that could not take it off the disk again.
        if (header.Position >= view.Limit)
            return false;
        if (header.Position < _expected)
        {
            _source.Report(_segment!, new DamagedRange(
                _segment!.Path, _window.Offset, header.RecordBytes, header.Position, 0, DamageReason.OutOfOrder));
            return false;
        }

        ReportUpTo(header.Position);
        _expected = header.Position + 1;
        LastPosition = Math.Max(LastPosition, header.Position);
        return header.Position > _startAfter;
    }

    private void Add(ref int count, in RecordHeader header)
    {
        if (count == _events.Length)
            Array.Resize(ref _events, Math.Max(16, 2 * count));
        var topic = _topics.Get(_window.Slice(RecordHeader.Size, header.TopicLength).Span);
        var key = _window.Slice(RecordHeader.Size + header.TopicLength, header.KeyLength);
        var body = _window.Slice(RecordHeader.Size + header.TopicLength + header.KeyLength, header.BodyLength);
        _events[count++] = new SpooledEvent(header.Id, topic, key, body, header.Time, header.Position);
    }

    /// <summary>All that can be read of the segment was: what should be in it and was not is lost.</summary>
    private void AccountForRest(SegmentView view)
    {
        var limit = view.Limit;
        if (limit == long.MaxValue)
        {
            _damage.EndWithLog();
            limit = Math.Max(_expected, _damage.LastPosition + 1);
        }

        ReportUpTo(limit);
        PassTo(limit);
    }

    private void GiveUp(DamageReason reason)
    {
        var view = _source.View(_segment!);
        var limit = view.Limit < long.MaxValue ? view.Limit : Math.Max(_expected, _segment!.LastPosition + 1);
        ReportLost(_window.Offset, view.Bytes - _window.Offset, limit, reason);
        PassTo(limit);
        Leave();
    }

    /// <summary>Accounts for what is missing before <paramref name="position"/>, and for what stands there instead.</summary>
    private void ReportUpTo(long position)
    {
        if (_damage.Take(_window.Offset) is { } damage)
            ReportLost(damage.Offset, damage.Bytes, position, damage.Reason);
        else if (position > _expected)
            ReportLost(_window.Offset, 0, position, DamageReason.Missing);
    }

    private void ReportLost(long offset, long bytes, long position, DamageReason reason)
    {
        // What was settled before is no loss.
        var first = Math.Max(_expected, _startAfter + 1);
        _source.Report(_segment!, new DamagedRange(_segment!.Path, offset, bytes, first, Math.Max(0, position - first), reason));
    }

    private void PassTo(long limit)
    {
        _expected = Math.Max(_expected, limit);
        LastPosition = Math.Max(LastPosition, _expected - 1);
    }

    private void Leave()
    {
        _damage.Take(0);
        _window.Dispose();
        _isOpen = false;
    }
}
