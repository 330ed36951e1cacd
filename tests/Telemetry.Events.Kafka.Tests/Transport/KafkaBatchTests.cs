using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

public class KafkaBatchTests
{
    [Fact]
    public void It_completes_with_its_last_outcome()
    {
        var outcomes = new DeliveryOutcome[2];
        var batch = new KafkaBatch(outcomes);

        batch.Set(1, DeliveryOutcome.Delivered(0, 1));
        Assert.False(batch.Completion.IsCompleted);
        batch.Set(0, DeliveryOutcome.Final("x"));

        Assert.True(batch.Completion.IsCompleted);
        Assert.Equal([DeliveryStatus.Final, DeliveryStatus.Delivered], outcomes.Select(outcome => outcome.Status));
    }

    [Fact]
    public void A_report_after_the_close_does_not_touch_the_outcomes()
    {
        var outcomes = new DeliveryOutcome[1];
        var batch = new KafkaBatch(outcomes);

        batch.Close();
        batch.Set(0, DeliveryOutcome.Delivered());

        Assert.True(batch.Completion.IsCompleted);
        Assert.Equal(DeliveryStatus.Unknown, outcomes[0].Status);
    }
}
