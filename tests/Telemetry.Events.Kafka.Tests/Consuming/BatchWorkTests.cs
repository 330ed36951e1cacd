using Confluent.Kafka;
using FsCheck;
using FsCheck.Xunit;

namespace Telemetry.Events.Kafka.Tests.Consuming;

/// <summary>What may be committed, for any mixture of partitions and any progress.</summary>
public class BatchWorkTests
{
    [Property(MaxTest = 2000)]
    public void Nothing_unhandled_is_ever_left_behind_a_committed_offset(
        (byte Partition, bool Dead)[] records, NonNegativeInt handledEvents, NonNegativeInt handledDead, byte[] abandoned)
    {
        var (batch, all) = Batch(records);
        using var work = new BatchWork(batch, CancellationToken.None);
        batch.MarkHandled(handledEvents.Get % (batch.Events.Count + 1));
        batch.MarkDeadLettersHandled(handledDead.Get % (batch.DeadLetters.Count + 1));
        var gone = abandoned.Select(partition => new TopicPartition("t", partition % 3)).ToHashSet();
        work.Abandon(gone);

        var next = work.NextOffsets().ToDictionary(entry => entry.TopicPartition, entry => entry.Offset.Value);

        Assert.Empty(next.Keys.Intersect(gone));
        var open = batch.Events.Skip(batch.Handled).Select(consumed => (consumed.Partition, consumed.Offset))
            .Concat(batch.DeadLetters.Skip(batch.HandledDeadLetters).Select(dead => (dead.Partition, dead.Offset)));
        Assert.All(open, record => Assert.True(next.GetValueOrDefault(new TopicPartition("t", record.Partition)) <= record.Offset));

        // And nothing less than that: whatever precedes the first unhandled record of a partition is committed.
        foreach (var partition in all.Select(record => record.Partition).Distinct().Where(partition => !gone.Contains(new TopicPartition("t", partition))))
        {
            var first = all.Where(record => record.Partition == partition).Min(record => record.Offset);
            var end = all.Where(record => record.Partition == partition).Max(record => record.Offset) + 1;
            var expected = open.Where(record => record.Partition == partition).Select(record => record.Offset).Append(end).Min();
            Assert.Equal(expected > first ? expected : 0, next.GetValueOrDefault(new TopicPartition("t", partition)));
        }
    }

    [Fact]
    public void Retrying_ends_when_all_of_it_went_elsewhere_and_not_before()
    {
        var (batch, _) = Batch([(0, false), (1, true)]);
        using var work = new BatchWork(batch, CancellationToken.None);

        work.Abandon([new TopicPartition("t", 0)]);
        Assert.False(work.Retrying.IsCancellationRequested);
        work.Abandon([new TopicPartition("t", 1)]);

        Assert.True(work.Retrying.IsCancellationRequested);
    }

    private static (ConsumedBatch Batch, List<(int Partition, long Offset)> All) Batch((byte Partition, bool Dead)[] records)
    {
        var (events, dead, all) = (new List<ConsumedEvent>(), new List<DeadLetterRecord>(), new List<(int Partition, long Offset)>());
        var next = new long[] { 10, 20, 30 };
        foreach (var (raw, isDead) in records)
        {
            var partition = raw % 3;
            var offset = next[partition]++;
            all.Add((partition, offset));
            if (isDead)
            {
                dead.Add(new DeadLetterRecord { Topic = "t", Partition = partition, Offset = offset, Reason = "x" });
            }
            else
            {
                events.Add(new ConsumedEvent
                {
                    Topic = "t",
                    Partition = partition,
                    Offset = offset,
                    Envelope = new EventEnvelope { Id = $"{offset}", Source = "/t", Type = "a.b.c", Attributes = new Dictionary<string, string>() },
                });
            }
        }

        return (new ConsumedBatch(events, dead), all);
    }
}
