using System.Diagnostics;

namespace Telemetry.Events.Envelope;

/// <summary>W3C Trace Context: <c>00-{trace}-{span}-{flags}</c>. Owned by one thread.</summary>
/// <remarks>
/// Written from the activity's own strings, because its Id property would build, and keep, one more. The last one is remembered: a
/// request often publishes several events in a row.
/// </remarks>
internal sealed class TraceParentFormatter
{
    public const int TextLength = 55;

    private const int TraceIdOffset = 3;
    private const int TraceIdLength = 32;
    private const int SpanIdOffset = TraceIdOffset + TraceIdLength + 1;
    private const int SpanIdLength = 16;

    private readonly byte[] _text = [.. "00-"u8, .. new byte[TraceIdLength], (byte)'-', .. new byte[SpanIdLength], .. "-00"u8];
    private string? _traceId;
    private string? _spanId;

    /// <summary>The text; valid until the next call.</summary>
    public ReadOnlySpan<byte> Format(Activity activity)
    {
        var traceId = activity.TraceId.ToHexString();
        var spanId = activity.SpanId.ToHexString();
        if (!ReferenceEquals(spanId, _spanId) || !ReferenceEquals(traceId, _traceId))
        {
            JsonText.TryWritePlain(traceId, _text.AsSpan(TraceIdOffset, TraceIdLength));
            JsonText.TryWritePlain(spanId, _text.AsSpan(SpanIdOffset, SpanIdLength));
            (_traceId, _spanId) = (traceId, spanId);
        }

        // Sampling may be decided while the activity runs. Written only then: a processor that has just written a byte waits before
        // it can read the line that the byte is in as a whole, which costs more than the copy.
        var recorded = activity.Recorded ? (byte)'1' : (byte)'0';
        if (_text[^1] != recorded)
            _text[^1] = recorded;
        // Of a length that the compiler knows: copied by two instructions instead of a call.
        return _text.AsSpan(0, TextLength);
    }
}
