using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.DirectTopics.Proof;

namespace Telemetry.Collector.Tests.DirectTopics;

public sealed class IngestionProgressTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly IngestionProgress _progress;

    public IngestionProgressTests() => _progress = new IngestionProgress(_time);

    [Fact]
    public void Before_Kafka_has_answered_it_is_not_ready() => Assert.NotNull(_progress.FindProblem(Timeout));

    [Fact]
    public void Records_that_wait_while_none_is_taken_are_a_problem_after_the_timeout()
    {
        Update(high: 10, committed: 5);
        _time.Advance(Timeout);
        Update(high: 20, committed: 5);
        Assert.Null(_progress.FindProblem(Timeout));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("15 records wait in wkf_cpu[0] and none was taken for 60 s.", _progress.FindProblem(Timeout));
    }

    [Fact]
    public void Whoever_advances_is_ready_however_far_behind()
    {
        for (var committed = 0; committed < 5; committed++)
        {
            Update(high: 1_000_000, committed);
            _time.Advance(Timeout);
        }

        Assert.Null(_progress.FindProblem(Timeout));
    }

    [Fact]
    public void Nothing_waiting_is_no_problem_however_long()
    {
        Update(high: 5, committed: 5);
        _time.Advance(10 * Timeout);
        Update(high: 6, committed: 5);

        Assert.Null(_progress.FindProblem(Timeout));
    }

    [Fact]
    public void Kafka_not_answering_is_a_problem_until_it_does()
    {
        Update(high: 5, committed: 5);
        _progress.Fail("Kafka's offsets cannot be read: down");
        Assert.Equal("Kafka's offsets cannot be read: down", _progress.FindProblem(Timeout));

        Update(high: 5, committed: 5);

        Assert.Null(_progress.FindProblem(Timeout));
    }

    [Fact]
    public void Offsets_that_were_taken_and_are_nowhere_are_missing()
    {
        var proof = PartitionProof.Of(new KafkaPartition("wkf_cpu", 0, Low: 10, High: 100, Committed: 60), new StoredPartition("wkf_cpu", 0, 48, 3, 1, 2));

        Assert.Equal((2, 40, 48), (proof.Missing, proof.Lag, proof.Stored));
    }

    private void Update(long high, long committed) => _progress.Update([new KafkaPartition("wkf_cpu", 0, 0, high, committed)]);
}
