namespace Telemetry.Collector.Windows;

/// <summary>Another run's time on the same node, in seconds since the start of the window that is measured.</summary>
/// <param name="Start">Negative where it began earlier.</param>
/// <param name="Finish">Not before <paramref name="Start"/>; infinite while it is still running.</param>
public readonly record struct RunSpan(double Start, double Finish)
{
    /// <summary>Seconds of it that lie between two moments.</summary>
    public double Overlap(double from, double to) => Math.Max(0, Math.Min(Finish, to) - Math.Max(Start, from));
}
