namespace Telemetry.Collector.Windows;

/// <summary>
/// How much the rate of what is not measured moves: read from the sample intervals in which no run was under way. As a noise
/// whose mean over <c>T</c> seconds has the variance <c>Noise / T</c>; two neighbouring intervals' rates then differ by
/// <c>Noise · (1/T₁ + 1/T₂)</c>. A rate that wanders instead shows as a larger noise. See docs/window-metrics.md.
/// </summary>
internal readonly record struct Background(double Noise, int Pairs, double Interval)
{
    // Student's t at 99.5 %, by its expansion in 1/n: few pairs tell little about how far the next rate may lie.
    private const double Normal = 2.81;

    /// <summary>How many standard deviations the bounds stand away; infinite where nothing is known.</summary>
    public double Deviations => Pairs == 0
        ? double.PositiveInfinity
        : Normal + 6.3 / Pairs + 12.9 / ((double)Pairs * Pairs);

    /// <param name="line">The counter.</param>
    /// <param name="isQuiet">Whether no run was under way from one moment to another.</param>
    public static Background Of(SampleLine line, Func<double, double, bool> isQuiet)
    {
        var (sum, pairs, seconds) = (0.0, 0, 0.0);
        for (var i = 2; i < line.Count; i++)
        {
            var (first, second) = (line[i - 1].Seconds - line[i - 2].Seconds, line[i].Seconds - line[i - 1].Seconds);
            if (!isQuiet(line[i - 2].Seconds, line[i].Seconds))
                continue;
            var step = line.SlopeTo(i) - line.SlopeTo(i - 1);
            sum += step * step / (1 / first + 1 / second);
            seconds += first / 2 + second / 2;
            pairs++;
        }

        return pairs == 0 ? default : new Background(sum / pairs, pairs, seconds / pairs);
    }

    /// <summary>
    /// The variance that a walking rate gains in a second: the means over two neighbouring intervals of <c>I</c> then differ
    /// by <c>⅔ · Walk · I</c>.
    /// </summary>
    public double Walk => 3 * Noise / (Interval * Interval);

    /// <summary>
    /// How far the amount in a stretch next to an interval may be from what that interval's rate says: by the worse of noise,
    /// which is worst in short stretches, and walk, which is worst in long ones.
    /// </summary>
    public double BesideMargin(double seconds, double interval)
    {
        if (seconds <= 0)
            return 0;
        var variance = Math.Max(Noise * (1 / seconds + 1 / interval), Walk * (seconds + interval) / 3);
        return Margin(seconds * Math.Sqrt(variance));
    }

    /// <summary>
    /// How far the amount over a window may be from what the rates on both sides of it say, if the rate walks at random
    /// between them: the mean of a walk over <c>L</c> seconds that is tied at both ends has the variance <c>Walk · L / 12</c>.
    /// </summary>
    public double BetweenMargin(double seconds) =>
        Margin(seconds * Math.Sqrt(Walk * (seconds + Interval) / 12 + Noise / Interval));

    private double Margin(double deviation) => Pairs == 0 ? double.PositiveInfinity : Deviations * deviation;
}
