using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Lets an error of a client through once in a while: librdkafka repeats it at every attempt to connect, several times a second for
/// each broker, and the one sentence that matters would drown. Safe for use from any thread.
/// </summary>
internal sealed class RepeatedErrors(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<ErrorCode, long> _lastLogged = new();

    /// <summary>Whether this code was not let through within the last 30 s.</summary>
    public bool LetThrough(ErrorCode code)
    {
        var now = time.GetTimestamp();
        if (_lastLogged.TryGetValue(code, out var last))
            return time.GetElapsedTime(last, now) >= Interval && _lastLogged.TryUpdate(code, now, last);
        return _lastLogged.TryAdd(code, now);
    }
}
