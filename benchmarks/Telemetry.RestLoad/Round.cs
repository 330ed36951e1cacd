namespace Telemetry.RestLoad;

/// <summary>What one round of one path cost.</summary>
/// <param name="RecordsPerSecond">Records that the server acknowledged, by wall time.</param>
/// <param name="CpuSecondsPerMillion">CPU of this process, the server's not included.</param>
/// <param name="ServerCpuSecondsPerMillion">CPU of the server's process.</param>
/// <param name="BytesPerRecord">Allocated in this process.</param>
internal readonly record struct Round(
    double RecordsPerSecond, double CpuSecondsPerMillion, double ServerCpuSecondsPerMillion, double BytesPerRecord)
{
    /// <summary>The median of each member on its own.</summary>
    public static Round Median(IReadOnlyCollection<Round> rounds) => new(
        Median(rounds.Select(round => round.RecordsPerSecond)),
        Median(rounds.Select(round => round.CpuSecondsPerMillion)),
        Median(rounds.Select(round => round.ServerCpuSecondsPerMillion)),
        Median(rounds.Select(round => round.BytesPerRecord)));

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
