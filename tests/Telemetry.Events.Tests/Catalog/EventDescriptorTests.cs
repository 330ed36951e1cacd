using Telemetry.Events.Catalog;

namespace Telemetry.Events.Tests.Catalog;

public class EventDescriptorTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("white space")]
    [InlineData("тема")]
    public void A_topic_that_kafka_refuses_is_refused_here(string topic)
    {
        var exception = Assert.Throws<ArgumentException>(() => new EventDescriptor("a.b.c", topic, DeliveryClass.Usage));

        Assert.Contains($"'{topic}' is not a topic", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_has_249_characters_at_most()
    {
        Assert.Equal(249, new EventDescriptor("a.b.c", new string('t', 249), DeliveryClass.Usage).Topic.Length);
        Assert.Throws<ArgumentException>(() => new EventDescriptor("a.b.c", new string('t', 250), DeliveryClass.Usage));
    }

    [Fact]
    public void A_wrong_name_or_class_is_refused()
    {
        Assert.Throws<FormatException>(() => new EventDescriptor("a.B.c", "t", DeliveryClass.Usage));
        Assert.Throws<ArgumentException>(() => new EventDescriptor(default(EventName), "t", DeliveryClass.Usage));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventDescriptor("a.b.c", "t", (DeliveryClass)99));
    }

    [Fact]
    public void The_xumi_events_are_those_of_the_specification()
    {
        Assert.Equal(
            [
                "xumi.weights.load.start → xumi_load", "xumi.weights.load.finish → xumi_load",
                "xumi.task.run.start → xumi_task", "xumi.task.run.finish → xumi_task",
            ],
            new[]
            {
                WeightsLoadStart.Descriptor, WeightsLoadFinish.Descriptor, TaskRunStart.Descriptor, TaskRunFinish.Descriptor,
            }.Select(descriptor => descriptor.ToString()));
    }

    [Fact]
    public void The_quota_events_are_keyed_by_the_user_and_about_the_resource()
    {
        var warn = new QuotaLimitReachWarn("user-1", "cpu", 80, 8.5m, 10);
        var stop = new QuotaLimitReachStop("user-1", "cpu", 100, 10, 10, DateTimeOffset.UnixEpoch, "tenant-1");

        Assert.Equal("quota.limit.reach.warn → quota_limit", QuotaLimitReachWarn.Descriptor.ToString());
        Assert.Equal("quota.limit.reach.stop → quota_limit", QuotaLimitReachStop.Descriptor.ToString());
        Assert.Equal(DeliveryClass.Usage, QuotaLimitReachStop.Descriptor.Delivery);
        Assert.Equal(("user-1", "cpu"), (warn.PartitionKey, warn.Subject));
        Assert.Equal(("user-1", "cpu"), (stop.PartitionKey, stop.Subject));
    }
}
