using System.Globalization;
using System.Text;

namespace Telemetry.QuotaLoad;

/// <summary>
/// Events as a fetch brings them: some thousand in one buffer that has just been written, each with an id and a time of its own.
/// </summary>
internal sealed class ReceivedEvents
{
    /// <summary>Of one fetch: 1.3 MB, about what a Kafka client asks for at once.</summary>
    public const int Count = 2000;

    private const int IdDigits = 12;
    private readonly byte[][] _values;
    private readonly byte[] _buffer;
    private readonly (int Start, int Length)[] _places = new (int, int)[Count];
    private readonly int _id;
    private readonly int _time;
    private long _next;

    public ReceivedEvents(byte[][] values)
    {
        _values = values;
        _buffer = new byte[Count * values.Max(value => value.Length)];
        _id = Find(values[0], "\"id\":\"") + Guid.Empty.ToString().Length - IdDigits;
        _time = Find(values[0], "\"time\":\"");
    }

    public ReadOnlySpan<byte> this[int index] => _buffer.AsSpan(_places[index].Start, _places[index].Length);

    /// <summary>The next fetch.</summary>
    public void Receive(DateTime time)
    {
        for (var (i, at) = (0, 0); i < Count; at += _places[i++].Length)
        {
            var value = _values[_next % _values.Length];
            value.CopyTo(_buffer, at);
            (_next++).TryFormat(_buffer.AsSpan(at + _id, IdDigits), out _, "x12", CultureInfo.InvariantCulture);
            time.TryFormat(_buffer.AsSpan(at + _time), out _, "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
            _places[i] = (at, value.Length);
        }
    }

    private static int Find(byte[] value, string before) => Encoding.UTF8.GetString(value).IndexOf(before, StringComparison.Ordinal) + before.Length;
}
