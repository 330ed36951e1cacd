using System.Text;

namespace Telemetry.Events.Spool.Log;

/// <summary>Topics as strings, made once each: a log has few of them. Used by one thread.</summary>
internal sealed class TopicNames
{
    private const int MaxTopics = 256;
    private readonly List<(byte[] Utf8, string Name)> _topics = [];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        foreach (var (bytes, name) in _topics)
        {
            if (utf8.SequenceEqual(bytes))
                return name;
        }

        var added = Encoding.UTF8.GetString(utf8);
        if (_topics.Count < MaxTopics)
            _topics.Add((utf8.ToArray(), added));
        return added;
    }
}
