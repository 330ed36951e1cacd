using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Preflight;

public class PreflightSizesTests
{
    [Theory]
    [InlineData("2000000", 1_000_000, PreflightStatus.Ok, "takes 2,000,000 bytes")]
    [InlineData("500000", 1_000_000, PreflightStatus.Failed, "events of up to 1,000,000 bytes")]
    [InlineData("500000", 100_000, PreflightStatus.Warning, "sends up to 1,000,000")]
    public void A_topics_limit_is_held_against_the_largest_event_and_against_batches(
        string limit, int maxEventBytes, PreflightStatus status, string detail)
    {
        var settings = new Dictionary<string, ConfigEntryResult> { ["max.message.bytes"] = new() { Name = "max.message.bytes", Value = limit } };

        var finding = PreflightSizes.OfTopic("t", settings, maxEventBytes, new ProducerConfig());

        Assert.Equal(status, finding.Status);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
        Assert.Equal(status == PreflightStatus.Ok, finding.Advice is null);
    }

    [Fact]
    public void A_broker_that_does_not_tell_leaves_it_open() =>
        Assert.Equal(PreflightStatus.NotChecked, PreflightSizes.OfTopic("t", null, 1, new ProducerConfig()).Status);
}
