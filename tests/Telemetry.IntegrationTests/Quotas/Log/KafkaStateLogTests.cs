using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Log.Kafka;
using Telemetry.Events.Testing;

namespace Telemetry.IntegrationTests.Quotas.Log;

[Trait("Category", "Integration")]
public sealed class KafkaStateLogTests : StateLogContract, IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("quota_state", 3)] });

    private protected override IStateLog Open() => Open("quota_state");

    public void Dispose() => _kafka.Dispose();

    [Fact]
    public async Task A_topic_that_is_missing_is_named()
    {
        var log = Open("forgotten");

        var reading = await Assert.ThrowsAsync<StateLogException>(() => log.ReplayAsync(_ => { }, default));
        var writing = await Assert.ThrowsAsync<StateLogException>(async () => await log.AppendAsync([Record("a/1", "ann", "one")], default));

        Assert.Equal("The topic forgotten does not exist. Create it with cleanup.policy=compact, or set Collector:Quota:StateTopic to the one that is meant.", reading.Message);
        Assert.Equal((reading.Message, false), (writing.Message, writing.IsOutcomeUnknown));
        Close(log);
    }

    [Fact]
    public async Task Another_instances_records_arrive_after_the_replay()
    {
        var (one, other) = (Open(), Open());
        var seen = new TaskCompletionSource<StateRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        await one.ReplayAsync(seen.SetResult, default);

        await other.AppendAsync([Record("limit/ann", "ann", "new")], default);

        Assert.Equal(("limit/ann", "ann"), ((await seen.Task.WaitAsync(Patience)).Key, (await seen.Task).Owner));
        Close(one);
        Close(other);
    }

    [Fact]
    public async Task A_refused_record_is_surely_not_there_and_the_log_goes_on()
    {
        var log = Open();
        await log.AppendAsync([Record("a/1", "ann", "one")], default);
        _kafka.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.InvalidRecord);

        var failure = await Assert.ThrowsAsync<StateLogException>(async () => await log.AppendAsync([Record("a/2", "ann", "two")], default));
        Assert.False(failure.IsOutcomeUnknown, failure.Message);

        await log.AppendAsync([Record("a/3", "ann", "three")], default);
        Close(log);
        Assert.Equal(["a/1", "a/3"], (await StateAsync()).Select(record => record.Key).Order());
    }

    [Fact]
    public async Task Brokers_that_went_away_in_the_middle_leave_the_outcome_unknown_or_surely_not_there()
    {
        var log = Open("quota_state", Short);
        await log.AppendAsync([Record("a/1", "ann", "one")], default);
        _kafka.TakeAllBrokersDown();
        var waited = Stopwatch.StartNew();

        await Assert.ThrowsAsync<StateLogException>(async () => await log.AppendAsync([Record("a/2", "ann", "two")], default));
        Assert.True(waited.Elapsed < Patience, $"{waited.Elapsed}");

        _kafka.BringAllBrokersUp();
        waited.Restart();
        while (true)
        {
            try
            {
                await log.AppendAsync([Record("a/2", "ann", "after")], default);
                break;
            }
            catch (StateLogException) when (waited.Elapsed < Patience)
            {
                // Not found back yet.
            }
        }

        Close(log);
        Assert.Equal(["a/1", "a/2"], (await StateAsync()).Select(record => record.Key).Order());
    }

    [Fact]
    public async Task An_acknowledgement_that_does_not_come_leaves_the_outcome_unknown()
    {
        var log = Open("quota_state", Short);
        await log.AppendAsync([Record("a/1", "ann", "one")], default);
        _kafka.SetRoundTripTime(TimeSpan.FromSeconds(20));

        var failure = await Assert.ThrowsAsync<StateLogException>(async () => await log.AppendAsync([Record("a/2", "ann", "two")], default));

        Assert.True(failure.IsOutcomeUnknown, failure.Message);
        _kafka.SetRoundTripTime(TimeSpan.Zero);
        Close(log);
    }

    [Fact]
    public async Task A_replay_waits_for_brokers_that_answer_late()
    {
        var log = Open();
        await log.AppendAsync([Record("a/1", "ann", "one")], default);
        Close(log);
        _kafka.FailNextRequests(KafkaRequestKind.Fetch, [.. Enumerable.Repeat(ErrorCode.NotLeaderForPartition, 3)]);

        Assert.Single(await StateAsync());
    }

    private KafkaStateLog Open(string topic) => Open(topic, TimeSpan.FromSeconds(30));

    private KafkaStateLog Open(string topic, TimeSpan timeout) =>
        new(_kafka.BootstrapServers, new StateLogOptions { StateTopic = topic, StateTimeout = timeout }, NullLogger<KafkaStateLog>.Instance);
}
