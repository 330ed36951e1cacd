using System.Globalization;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>Ids that grow with time and with each other; those of two processes differ. Not for use from several threads at once.</summary>
internal sealed class ChangeIds(TimeProvider time)
{
    private readonly string _process = Guid.NewGuid().ToString("n")[..12];
    private long _last;
    private int _count;

    /// <summary>The next id: milliseconds, a counter, the process.</summary>
    public string Next()
    {
        // A clock that is set back must not put a later change before an earlier one.
        _last = Math.Max(_last, time.GetUtcNow().ToUnixTimeMilliseconds());
        _count++;
        return string.Create(CultureInfo.InvariantCulture, $"{_last:x12}{_count:x8}{_process}");
    }
}
