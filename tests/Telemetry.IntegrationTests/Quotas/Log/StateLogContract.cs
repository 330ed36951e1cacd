using System.Text;
using Telemetry.Collector.Quotas.Log;

namespace Telemetry.IntegrationTests.Quotas.Log;

/// <summary>What every state log does.</summary>
public abstract class StateLogContract
{
    /// <summary>Opens the log, as a process that starts does.</summary>
    private protected abstract IStateLog Open();

    /// <summary>Closes it, as a process that ends does.</summary>
    private protected static void Close(IStateLog log) => ((IDisposable)log).Dispose();

    [Fact]
    public async Task A_log_that_nobody_has_written_is_empty()
    {
        Assert.Empty(await StateAsync());
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart_and_the_last_of_a_key_counts()
    {
        var log = Open();
        await log.AppendAsync([Record("reservation/1", "ann", "one"), Record("limit/bob", "bob", "two")], default);
        await log.AppendAsync([Record("reservation/1", "ann", "three")], default);
        await log.AppendAsync([Record("reservation/2", "ann", "four"), Record("reservation/2", "ann", "five")], default);
        Close(log);

        var state = await StateAsync();

        Assert.Equal(["limit/bob bob two", "reservation/1 ann three", "reservation/2 ann five"], Shown(state));
    }

    [Fact]
    public async Task An_empty_value_removes_its_key_and_the_key_may_come_again()
    {
        var log = Open();
        await log.AppendAsync([Record("a/1", "ann", "one"), Record("a/2", "ann", "two"), Record("a/3", "ann", "three")], default);
        await log.AppendAsync([Record("a/1", "ann", ""), Record("a/2", "ann", ""), Record("a/2", "ann", "again")], default);
        await log.AppendAsync([Record("a/3", "ann", ""), Record("a/4", "ann", "")], default);
        await log.AppendAsync([Record("a/3", "ann", "again")], default);
        Close(log);

        Assert.Equal(["a/2 ann again", "a/3 ann again"], Shown(await StateAsync()));
    }

    [Fact]
    public async Task Records_of_one_owner_come_in_their_order()
    {
        var log = Open();
        for (var number = 0; number < 50; number++)
            await log.AppendAsync([Record($"a/{number}", $"owner-{number % 3}", $"{number}")], default);
        Close(log);

        var records = new List<StateRecord>();
        log = Open();
        await log.ReplayAsync(records.Add, default);
        Close(log);

        Assert.Equal(50, records.Count);
        foreach (var owner in records.GroupBy(record => record.Owner))
            Assert.Equal(owner.Select(Number).Order(), owner.Select(Number));
    }

    [Theory]
    [InlineData("o'brien\\ \"x\" \n")]
    [InlineData("дядя ☃ 𝄞")]
    [InlineData("a\0b")]
    [InlineData("")]
    public async Task Whatever_an_owner_is_called_it_comes_back(string owner)
    {
        var log = Open();
        await log.AppendAsync([Record($"limit/{owner}", owner, "value")], default);
        Close(log);

        Assert.Equal([$"limit/{owner} {owner} value"], Shown(await StateAsync()));
    }

    [Fact]
    public async Task Appends_from_many_sides_are_all_there()
    {
        var log = Open();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(side => Task.Run(async () =>
        {
            for (var number = 0; number < 20; number++)
                await log.AppendAsync([Record($"a/{side}/{number % 10}", $"owner-{side}", $"{side}-{number}")], default);
        })));
        Close(log);

        var state = await StateAsync();

        Assert.Equal(200, state.Count);
        Assert.All(state, record => Assert.Equal($"{record.Key.Split('/')[1]}-{int.Parse(record.Key.Split('/')[2], null) + 10}", Encoding.UTF8.GetString(record.Value.Span)));
    }

    [Fact]
    public async Task What_is_appended_before_the_replay_ends_is_handed_over_or_superseded()
    {
        var log = Open();
        await log.AppendAsync([Record("a/1", "ann", "one")], default);
        var seen = new List<string>();
        await log.ReplayAsync(record => { lock (seen) seen.Add(record.Key); }, default);
        await log.AppendAsync([Record("a/2", "ann", "two")], default);
        Close(log);

        Assert.Equal("a/1", seen[0]);
        Assert.Equal(["a/1 ann one", "a/2 ann two"], Shown(await StateAsync()));
    }

    private protected static StateRecord Record(string key, string owner, string value) => new(key, owner, Encoding.UTF8.GetBytes(value));

    /// <summary>What counts after a restart.</summary>
    private protected async Task<IReadOnlyCollection<StateRecord>> StateAsync()
    {
        var state = new Dictionary<string, StateRecord>();
        var log = Open();
        await log.ReplayAsync(
            record =>
            {
                if (record.Value.IsEmpty)
                    state.Remove(record.Key);
                else
                    state[record.Key] = record;
            },
            default).WaitAsync(TimeSpan.FromSeconds(30));
        Close(log);
        return state.Values;
    }

    private static IEnumerable<string> Shown(IEnumerable<StateRecord> records) =>
        records.Select(record => $"{record.Key} {record.Owner} {Encoding.UTF8.GetString(record.Value.Span)}").Order(StringComparer.Ordinal);

    private static int Number(StateRecord record) => int.Parse(Encoding.UTF8.GetString(record.Value.Span), null);
}
