using System.Diagnostics;

namespace Telemetry.Load.Kafka;

/// <summary>What one round cost this process.</summary>
/// <param name="EventsPerSecond">From the first call to the last acknowledgement.</param>
/// <param name="CpuMicroseconds">CPU time an event, all threads.</param>
/// <param name="Bytes">Managed bytes allocated an event, all threads.</param>
internal readonly record struct Round(double EventsPerSecond, double CpuMicroseconds, double Bytes)
{
    public static async Task<Round> MeasureAsync(IKafkaPath path, int events)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await path.SendAsync(events);
        var seconds = clock.Elapsed.TotalSeconds;
        return new Round(
            events / seconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / events,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)events);
    }

    /// <summary>The median of each member on its own.</summary>
    public static Round Median(IReadOnlyCollection<Round> rounds) => new(
        Median(rounds, round => round.EventsPerSecond), Median(rounds, round => round.CpuMicroseconds), Median(rounds, round => round.Bytes));

    private static double Median(IReadOnlyCollection<Round> rounds, Func<Round, double> member) =>
        rounds.Select(member).Order().ElementAt(rounds.Count / 2);
}
