using System.Globalization;

namespace Telemetry.QuotaLoad;

/// <summary>Two ways of doing something, round by round in turn, and what the medians say.</summary>
internal static class Rounds
{
    /// <summary>Runs both.</summary>
    /// <param name="rounds">How often.</param>
    /// <param name="count">How many operations a call does.</param>
    /// <param name="name">What is measured.</param>
    /// <param name="ours">Does them; returns the seconds that count.</param>
    /// <param name="peer">The same for what it is compared with.</param>
    /// <param name="peerName">What that is.</param>
    public static void Compare(int rounds, int count, string name, Func<double> ours, string peerName, Func<double> peer)
    {
        ours();
        peer();
        List<(double Rate, double Bytes)> own = [], other = [];
        for (var i = 0; i < rounds; i++)
        {
            if (i % 2 == 0)
                own.Add(Measure(ours, count));
            other.Add(Measure(peer, count));
            if (i % 2 != 0)
                own.Add(Measure(ours, count));
        }

        Print(name, own);
        Print(peerName, other);
        var ratios = own.Zip(other, (mine, its) => mine.Rate / its.Rate).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name} by {peerName}: median {ratios[ratios.Count / 2]:F2}, from {ratios[0]:F2} to {ratios[^1]:F2} in {rounds} rounds"));
    }

    /// <summary>Processor seconds of one call: what others do on the machine meanwhile changes them little.</summary>
    public static double Time(Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static (double Rate, double Bytes) Measure(Func<double> action, int count)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var seconds = action();
        return (count / seconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)count);
    }

    private static void Print(string name, List<(double Rate, double Bytes)> rounds)
    {
        var rates = rounds.Select(round => round.Rate).Order().ToList();
        var bytes = rounds.Select(round => round.Bytes).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {rates[rates.Count / 2]:N0} a core and second | best {rates[^1]:N0} | {bytes[bytes.Count / 2]:F3} bytes each |"));
    }
}
