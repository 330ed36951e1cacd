namespace Telemetry.Collector.Quotas.Api;

/// <summary>Runs the calls of a batch: begun in their order, and not all waited for at once.</summary>
internal static class BatchRun
{
    /// <summary>Fills in the results of calls that mostly complete at once.</summary>
    /// <param name="count">How many calls.</param>
    /// <param name="maxPending">How many may be under way at once.</param>
    /// <param name="results">Where the results go.</param>
    /// <param name="state">What the calls need.</param>
    /// <param name="call">Begins a call.</param>
    public static async ValueTask RunAsync<TState, TResult>(
        int count, int maxPending, TResult[] results, TState state, Func<TState, int, ValueTask<TResult>> call)
    {
        List<(int Index, Task<TResult> Task)>? pending = null;
        for (var i = 0; i < count; i++)
        {
            var begun = call(state, i);
            if (begun.IsCompletedSuccessfully)
            {
                results[i] = begun.Result;
                continue;
            }

            pending ??= [];
            pending.Add((i, begun.AsTask()));
            if (pending.Count < maxPending)
                continue;
            await CollectAsync(pending, results);
            pending.Clear();
        }

        if (pending is not null)
            await CollectAsync(pending, results);
    }

    private static async Task CollectAsync<TResult>(List<(int Index, Task<TResult> Task)> pending, TResult[] results)
    {
        // All of them first: none may still be running where one throws.
        await Task.WhenAll(pending.Select(one => one.Task));
        foreach (var (index, task) in pending)
            results[index] = await task;
    }
}
