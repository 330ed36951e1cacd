using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Events.Kafka.Native;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Native;

public class PartitionOrderTests
{
    private const int Capacity = 256;

    [Property(MaxTest = 300)]
    public void Each_event_stands_once_in_the_run_of_its_partition_and_behind_those_that_came_before_it((byte Key, bool Second)[] sent)
    {
        var topics = new Dictionary<string, NativeTopic> { ["first"] = Topic(partitions: 5), ["second"] = Topic(partitions: 3) };
        OutgoingEvent[] events = [.. sent.Take(Capacity).Select(e => Event(e.Second ? "second" : "first", $"key-{e.Key}"))];
        var order = new PartitionOrder(Capacity);

        order.Sort(events, topic => topics[topic], new Random(1));

        var seen = new HashSet<int>();
        for (var position = 0; position < events.Length;)
        {
            var (topic, partition, end) = order.RunAt(position);
            var previous = -1;
            for (; position < end; position++)
            {
                var index = order.Order[position];
                Assert.True(seen.Add(index));
                Assert.True(index > previous);
                previous = index;
                Assert.Same(topics[events[index].Topic], topic);
                Assert.Equal(Murmur2.Partition(events[index].Key.Span, topic.Partitions), partition);
            }
        }

        Assert.Equal(events.Length, seen.Count);
    }

    [Fact]
    public void Events_of_a_topic_that_is_not_counted_yet_are_left_to_librdkafka()
    {
        var order = new PartitionOrder(Capacity);

        order.Sort([Event("t", "a"), Event("t", "b")], _ => new NativeTopic(1), new Random(1));

        Assert.Equal((-1, 2), (order.RunAt(0).Partition, order.RunAt(0).End));
    }

    [Fact]
    public void Events_without_a_key_go_together_to_a_partition_that_chance_names()
    {
        var order = new PartitionOrder(Capacity);
        var chosen = new HashSet<int>();
        var random = new Random(7);
        for (var call = 0; call < 100; call++)
        {
            order.Sort([Event("t", null), Event("t", null)], _ => Topic(partitions: 4), random);
            var (_, partition, end) = order.RunAt(0);
            Assert.Equal(2, end);
            chosen.Add(partition);
        }

        Assert.Equal([0, 1, 2, 3], chosen.Order());
    }

    private static NativeTopic Topic(int partitions)
    {
        var topic = new NativeTopic(1);
        topic.TryBeginCount();
        topic.EndCount(partitions, 0);
        return topic;
    }

    private static OutgoingEvent Event(string topic, string? key) =>
        new(Guid.Empty, topic, key is null ? default : Encoding.UTF8.GetBytes(key), new byte[] { 1 });
}
