using Telemetry.Events.Spooling;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Events read from a log. What is settled is given up there as far as nothing before it is unsettled.</summary>
/// <param name="log">The log.</param>
/// <param name="settle">Accounts for outcomes, by the events' positions in the log; all up to the third argument are settled.</param>
internal sealed class LogBatch(IEventLogReader log, LogBatch.Settlement settle) : OutgoingBatch
{
    private DateTime[] _times = [];
    private long[] _positions = [];
    private long _lastPosition;

    public delegate void Settlement(ReadOnlySpan<long> positions, ReadOnlySpan<DeliveryOutcome> outcomes, long settledThrough);

    private static ReadOnlySpan<byte> TraceParentMember => ",\"traceparent\":\""u8;

    /// <summary>Takes events over from the log; they are valid until its next read.</summary>
    public void Load(ReadOnlySpan<SpooledEvent> events)
    {
        EnsureCapacity(events.Length);
        if (events.Length > _positions.Length)
        {
            _positions = new long[events.Length];
            _times = new DateTime[events.Length];
        }

        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var spooled = ref events[i];
            Events[i] = new OutgoingEvent(spooled.Id, spooled.Topic, spooled.Key, spooled.Body);
            _positions[i] = spooled.Position;
            _times[i] = spooled.Time;
        }

        _lastPosition = events[^1].Position;
        Remaining = events.Length;
    }

    public override DateTime TimeOf(int index) => _times[index];

    public override ReadOnlySpan<byte> TraceParentOf(int index)
    {
        // The envelope's own attributes stand before the data, which may hold a member of that name too.
        var body = Events[index].Body.Span;
        var data = body.IndexOf(",\"data\":"u8);
        var start = body[..Math.Max(data, 0)].IndexOf(TraceParentMember);
        if (start < 0)
            return default;
        var text = body[(start + TraceParentMember.Length)..data];
        return text[..Math.Max(text.IndexOf((byte)'"'), 0)];
    }

    public override void Settle()
    {
        var unsettled = ((ReadOnlySpan<DeliveryOutcome>)Outcomes.Span).IndexOfUnsettled();
        // Not the last one of this attempt: those behind it may have been settled by an earlier one.
        var settledThrough = unsettled < 0 ? _lastPosition : _positions[unsettled] - 1;
        settle(_positions.AsSpan(0, Remaining), Outcomes.Span, settledThrough);
        var left = 0;
        for (var i = 0; i < Remaining; i++)
        {
            if (Results[i].IsSettled())
                continue;
            Events[left] = Events[i];
            _times[left] = _times[i];
            _positions[left++] = _positions[i];
        }

        Remaining = left;
        log.Acknowledge(settledThrough);
    }
}
