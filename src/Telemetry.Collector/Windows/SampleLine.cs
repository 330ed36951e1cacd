using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Windows;

/// <summary>
/// The one line of values over time that a window is cut from: points in order of time, each moment once, joined by straight
/// lines. Times are seconds since the window's start, so that a double keeps them exact. Immutable.
/// </summary>
public sealed class SampleLine
{
    private readonly SamplePoint[] _points;

    /// <exception cref="ArgumentException">The points are out of order, or two have the same time.</exception>
    public SampleLine(IReadOnlyList<SamplePoint> points)
    {
        _points = [.. points];
        for (var i = 1; i < _points.Length; i++)
        {
            if (!(_points[i].Seconds > _points[i - 1].Seconds))
                throw new ArgumentException("Points must be in strictly ascending order of time.", nameof(points));
        }
    }

    public int Count => _points.Length;

    public SamplePoint this[int index] => _points[index];

    /// <summary>Index of the first point at or after the moment; <see cref="Count"/> where there is none.</summary>
    public int FirstAtOrAfter(double seconds)
    {
        var (low, high) = (0, _points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Seconds < seconds)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The value on the line; outside its ends, that of the nearest point.</summary>
    /// <exception cref="InvalidOperationException">The line has no points.</exception>
    public double At(double seconds) => At(seconds, FirstAtOrAfter(seconds));

    /// <param name="seconds">The moment.</param>
    /// <param name="after">What <see cref="FirstAtOrAfter"/> says of it, for callers that walk along the line anyway.</param>
    /// <exception cref="InvalidOperationException">The line has no points.</exception>
    internal double At(double seconds, int after)
    {
        if (_points.Length == 0)
            throw new InvalidOperationException("A line without points has no value.");
        if (after == _points.Length)
            return _points[^1].Value;
        if (after == 0 || _points[after].Seconds == seconds)
            return _points[after].Value;
        return Interpolate(_points[after - 1], _points[after], seconds);
    }

    /// <summary>Change per second from the point before <paramref name="index"/> to it.</summary>
    public double SlopeTo(int index)
    {
        var (from, to) = (_points[index - 1], _points[index]);
        return (to.Value - from.Value) / (to.Seconds - from.Seconds);
    }

    /// <summary>A series' finite samples as points; NaN and infinity are no measurements.</summary>
    internal static SamplePoint[] ToPoints(IReadOnlyList<Sample> samples, DateTimeOffset origin)
    {
        var originTicks = (origin - DateTimeOffset.UnixEpoch).Ticks;
        return
        [
            .. samples.Where(sample => double.IsFinite(sample.Value)).Select(sample => new SamplePoint(
                (sample.UnixMilliseconds * TimeSpan.TicksPerMillisecond - originTicks) / (double)TimeSpan.TicksPerSecond,
                sample.Value)),
        ];
    }

    private static double Interpolate(SamplePoint from, SamplePoint to, double seconds)
    {
        var value = from.Value + (to.Value - from.Value) * ((seconds - from.Seconds) / (to.Seconds - from.Seconds));
        // Rounding must not carry it past a neighbour: a counter's line would fall there.
        return Math.Clamp(value, Math.Min(from.Value, to.Value), Math.Max(from.Value, to.Value));
    }
}
