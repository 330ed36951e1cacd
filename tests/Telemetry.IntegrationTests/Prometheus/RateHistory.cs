namespace Telemetry.IntegrationTests.Prometheus;

/// <summary>
/// A rate over time, known exactly: a constant, more or less of it for a while, noise, resets. Gives the counter that such a
/// rate makes, and the true increase to compare measurements with. Immutable.
/// </summary>
public sealed class RateHistory
{
    private readonly double _constant;
    private readonly double _startValue;
    private readonly (DateTimeOffset From, DateTimeOffset To, double Rate)[] _changes;
    private readonly DateTimeOffset? _reset;

    private RateHistory(
        double constant,
        double startValue,
        (DateTimeOffset From, DateTimeOffset To, double Rate)[] changes,
        DateTimeOffset? reset) =>
        (_constant, _startValue, _changes, _reset) = (constant, startValue, changes, reset);

    public static RateHistory Constant(double rate, double startValue = 1000) => new(rate, startValue, [], null);

    /// <summary>Adds to the rate from one moment to another; may be negative.</summary>
    public RateHistory Plus(double rate, DateTimeOffset from, DateTimeOffset to) =>
        new(_constant, _startValue, [.. _changes, (from, to, rate)], _reset);

    /// <summary>Adds a new random rate up to the amplitude every second. The same seed gives the same noise.</summary>
    public RateHistory PlusNoise(double amplitude, int seed, DateTimeOffset from, DateTimeOffset to)
    {
        var random = new Random(seed);
        var seconds = (int)(to - from).TotalSeconds;
        var noise = Enumerable.Range(0, seconds)
            .Select(i => (from.AddSeconds(i), from.AddSeconds(i + 1), random.NextDouble() * amplitude));
        return new(_constant, _startValue, [.. _changes, .. noise], _reset);
    }

    /// <summary>The counter starts again from 0 at this moment, as after a reboot.</summary>
    public RateHistory ResetAt(DateTimeOffset moment) => new(_constant, _startValue, _changes, moment);

    /// <summary>The true increase between two moments, resets or not.</summary>
    public double Increase(DateTimeOffset from, DateTimeOffset to) =>
        _constant * (to - from).TotalSeconds + _changes.Sum(change => change.Rate * Overlap(change.From, change.To, from, to));

    /// <summary>What the counter shows at a moment, for a history that begins at <paramref name="origin"/>.</summary>
    public double CounterAt(DateTimeOffset moment, DateTimeOffset origin) =>
        _reset is { } reset && moment >= reset ? Increase(reset, moment) : _startValue + Increase(origin, moment);

    private static double Overlap(DateTimeOffset from, DateTimeOffset to, DateTimeOffset start, DateTimeOffset finish) =>
        Math.Max(0, ((to < finish ? to : finish) - (from > start ? from : start)).TotalSeconds);
}
