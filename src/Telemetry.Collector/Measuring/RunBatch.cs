using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Measuring;

/// <summary>Runs that are measured together: one node's, close enough to share queries. At least one.</summary>
internal sealed record RunBatch(IReadOnlyList<Run> Runs)
{
    /// <summary>With its labels, bounds and thousands of samples, a run is some 100 kB while it is measured.</summary>
    public const int MostRuns = 64;

    /// <summary>Puts due runs together, those that are longest due first.</summary>
    /// <param name="due">In the order in which they are to be measured.</param>
    /// <param name="reach">How far beyond its ends a run's samples are read.</param>
    /// <param name="span">The longest time that one query may cover for several runs.</param>
    public static IEnumerable<RunBatch> Of(IEnumerable<Run> due, TimeSpan reach, TimeSpan span)
    {
        foreach (var node in due.GroupBy(run => run is { Node.Length: > 0, StartedAt: not null, FinishedAt: not null }
            ? run.Node : null, StringComparer.Ordinal))
        {
            // What has no window is not asked for, or, orphaned, one by one.
            if (node.Key is null)
            {
                foreach (var run in node)
                    yield return new RunBatch([run]);
                continue;
            }

            List<Run> batch = [];
            var end = DateTimeOffset.MinValue;
            foreach (var run in node.OrderBy(run => run.StartedAt))
            {
                var finish = run.FinishedAt > end ? run.FinishedAt.Value : end;
                if (batch.Count == MostRuns || (batch.Count > 0 && finish - batch[0].StartedAt + reach * 2 > span))
                {
                    yield return new RunBatch(batch);
                    batch = [];
                    finish = run.FinishedAt!.Value;
                }

                batch.Add(run);
                end = finish;
            }

            yield return new RunBatch(batch);
        }
    }
}
