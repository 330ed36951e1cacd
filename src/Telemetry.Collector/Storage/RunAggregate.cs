namespace Telemetry.Collector.Storage;

/// <summary>The sums over the runs of one key.</summary>
/// <param name="Key">One value for each of the query's keys; null where the runs have none.</param>
/// <param name="Runs">All runs of the key.</param>
/// <param name="Measured">Those whose figures are in the sums.</param>
/// <param name="Seconds">From start to finish, or to the evidence, of all runs together.</param>
/// <param name="Sums">By metric and aggregation.</param>
public sealed record RunAggregate(
    IReadOnlyList<string?> Key, long Runs, long Measured, double Seconds, IReadOnlyList<RunSum> Sums)
{
    // Beyond any column's value; keeps "no user" and a user of that name apart.
    private const char Separator = '\uffff';

    /// <summary>The key as one text, another one for every key.</summary>
    internal static string Joined(IReadOnlyList<string?> key) =>
        string.Join(Separator, key.Select(part => part is null ? "" : "=" + part));
}
