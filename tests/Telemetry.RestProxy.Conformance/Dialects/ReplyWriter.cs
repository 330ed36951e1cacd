using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>Writes a reply's JSON piece by piece, without an object for any of it. Call <see cref="Flush"/> at the end.</summary>
internal ref struct ReplyWriter(IBufferWriter<byte> output)
{
    private const int LongestNumber = 20;

    private Span<byte> _free;
    private int _used;

    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        Ensure(json.Length);
        json.CopyTo(_free[_used..]);
        _used += json.Length;
    }

    public void Number(long value)
    {
        Ensure(LongestNumber);
        Utf8Formatter.TryFormat(value, _free[_used..], out var written);
        _used += written;
    }

    public void Text(string text)
    {
        Raw("\""u8);
        Raw(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        Raw("\""u8);
    }

    public void Flush()
    {
        if (_used > 0)
            output.Advance(_used);
        _free = default;
        _used = 0;
    }

    private void Ensure(int bytes)
    {
        if (_free.Length - _used >= bytes)
            return;

        if (_used > 0)
            output.Advance(_used);
        _free = output.GetSpan(Math.Max(bytes, 4096));
        _used = 0;
    }
}
