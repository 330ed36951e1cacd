using FsCheck;
using FsCheck.Xunit;
using Telemetry.Collector.Runs;
using static Telemetry.Collector.Tests.Storage.Samples;

namespace Telemetry.Collector.Tests.Storage;

// How events are delivered must not show in the rows.
public abstract partial class RunStoreContract
{
    private static readonly RunEvent[] AllEvents =
    [
        Start("a"), Finish("a") with { Node = "other", Model = "other", UserId = "other" },
        Start("b") with { Model = null, TenantId = null }, Finish("b") with { Model = "late" },
        Start("c", 5), Finish("c", 5),
        Start("a") with { Kind = RunKind.Load, EventId = "load-start" }, Finish("a") with { Kind = RunKind.Load, EventId = "load-finish" },
    ];

    /// <param name="present">Which of the events there are, a bit each.</param>
    /// <param name="repeats">Which of those come again.</param>
    /// <param name="seed">Of the shuffle.</param>
    /// <param name="batchSize">How many are applied at once.</param>
    [Property(MaxTest = 25)]
    public async Task Any_order_repetition_and_batching_of_events_gives_the_same_rows(
        byte present, byte[] repeats, int seed, PositiveInt batchSize)
    {
        RunEvent[] events = [.. AllEvents.Where((_, bit) => (present >> bit & 1) == 1)];
        RunEvent[] delivery = [.. events, .. repeats.Take(events.Length * repeats.Length).Select(pick => events[pick % events.Length])];
        new Random(seed).Shuffle(delivery);

        var expected = await RowsAfterAsync([events]);

        Assert.Equal(events.Select(one => (one.Kind, one.TaskId)).Distinct().Count(), expected.Count);
        Assert.Equal(expected, await RowsAfterAsync(delivery.Chunk(batchSize.Get)));
    }

    private async Task<IReadOnlyList<Run>> RowsAfterAsync(IEnumerable<RunEvent[]> batches)
    {
        var store = await CreateAsync(Plain);
        using (store as IDisposable)
        {
            foreach (var batch in batches)
                await store.ApplyAsync(batch);

            Assert.Empty(await store.FindDeadLettersAsync(1, default));
            return await store.FindAsync(new RunFilter(), default);
        }
    }
}
