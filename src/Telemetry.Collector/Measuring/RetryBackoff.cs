namespace Telemetry.Collector.Measuring;

/// <summary>How long a run waits for its next try.</summary>
internal static class RetryBackoff
{
    /// <summary>
    /// Doubles with every failure up to <paramref name="max"/>, then takes a random part off, half at most: runs that failed
    /// together, because Prometheus was down, do not all come back together.
    /// </summary>
    /// <param name="failures">How many tries failed before this one; 0 for the first failure.</param>
    /// <param name="first">The wait after the first failure.</param>
    /// <param name="max">The longest wait.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int failures, TimeSpan first, TimeSpan max, double random)
    {
        // As a double, a huge number of failures ends in infinity and not in an overflow.
        var ceiling = Math.Min(max.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Max(0, failures)));
        return TimeSpan.FromSeconds(ceiling * (1 - random / 2));
    }
}
