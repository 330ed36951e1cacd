using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.WindowBenchmark;

/// <summary>One generated history with a window, and the truth.</summary>
/// <param name="Samples">Of one counter; the last ones are those that the settle delay lets through.</param>
/// <param name="ScrapeInterval">In seconds.</param>
/// <param name="Window">The measured run's time.</param>
/// <param name="Others">The other runs' times, in seconds since the window's start.</param>
/// <param name="Truth">What the node counted in the window.</param>
/// <param name="OwnTruth">What the run did of it.</param>
internal sealed record WindowCase(
    Sample[] Samples, double ScrapeInterval, TimeWindow Window, RunSpan[] Others, double Truth, double OwnTruth)
{
    public const double Capacity = 32;

    public static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public CounterFigures Measure() => CounterWindow.Measure(
        CounterLine.Read([Samples], Window.Start, seriesLimit: Capacity, Capacity), Window.Length.TotalSeconds, Others);
}
