using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Tests.Windows;

/// <summary>Short ways to say what a test starts from. Second 0 is <see cref="Origin"/>.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Sample[] Samples(params (double Seconds, double Value)[] samples) =>
    [
        .. samples.Select(sample => new Sample(
            Origin.ToUnixTimeMilliseconds() + (long)Math.Round(sample.Seconds * 1000), sample.Value)),
    ];

    public static SampleLine Line(params (double Seconds, double Value)[] points) =>
        new([.. points.Select(point => new SamplePoint(point.Seconds, point.Value))]);

    /// <summary>The line of these counters, with the window's start as second 0 and all samples moved along.</summary>
    public static SampleLine CounterFrom(double start, params (double Seconds, double Value)[] samples) =>
        CounterLine.Sum([Samples(samples)], Origin.AddSeconds(start));

    public static WindowStatistics Counter(double start, double finish, params (double Seconds, double Value)[] samples) =>
        CounterWindow.Summarize(CounterFrom(start, samples), finish - start);

    public static WindowStatistics Gauge(double start, double finish, params (double Seconds, double Value)[] samples) =>
        GaugeWindow.Summarize(GaugeLine.Sum([Samples(samples)], Origin.AddSeconds(start)), finish - start);
}
