using System.Diagnostics;

namespace Telemetry.Benchmarks.Rounds;

/// <summary>Times of single calls, from all threads of a round.</summary>
internal sealed class LatencySamples
{
    /// <summary>One call of so many is timed, so that the clock is not most of what is measured.</summary>
    public const int Every = 8;

    private readonly List<long> _ticks = [];

    public void Add(long[] ticks)
    {
        lock (_ticks)
            _ticks.AddRange(ticks);
    }

    /// <summary>The quantiles asked for, in nanoseconds.</summary>
    public double[] Quantiles(params ReadOnlySpan<double> quantiles)
    {
        _ticks.Sort();
        var results = new double[quantiles.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = _ticks[(int)(quantiles[i] * (_ticks.Count - 1))] * 1e9 / Stopwatch.Frequency;
        return results;
    }
}
