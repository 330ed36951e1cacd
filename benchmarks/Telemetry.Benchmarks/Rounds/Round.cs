namespace Telemetry.Benchmarks.Rounds;

/// <summary>What one round of calls cost. Times in nanoseconds a call, sizes in bytes a call.</summary>
/// <param name="Wall">A call as its thread saw it; with more threads than cores the wait for a core is in it.</param>
/// <param name="CallerCpu">CPU time of the calling threads: what a call costs, without the wait for a core.</param>
/// <param name="ProcessCpu">CPU time of the whole process: the consumer's work as well.</param>
/// <param name="CallerBytes">Allocated by the calling threads.</param>
/// <param name="ProcessBytes">Allocated by the whole process.</param>
/// <param name="ArrivedShare">Events that the consumer saw, by calls.</param>
internal readonly record struct Round(
    double Wall, double CallerCpu, double ProcessCpu, double CallerBytes, double ProcessBytes, double ArrivedShare)
{
    /// <summary>The median of each member on its own.</summary>
    public static Round Median(IReadOnlyCollection<Round> rounds) => new(
        Median(rounds, round => round.Wall),
        Median(rounds, round => round.CallerCpu),
        Median(rounds, round => round.ProcessCpu),
        Median(rounds, round => round.CallerBytes),
        Median(rounds, round => round.ProcessBytes),
        // Not the median: one round with a loss must show.
        rounds.Min(round => round.ArrivedShare));

    private static double Median(IReadOnlyCollection<Round> rounds, Func<Round, double> member) =>
        rounds.Select(member).Order().ElementAt(rounds.Count / 2);
}
