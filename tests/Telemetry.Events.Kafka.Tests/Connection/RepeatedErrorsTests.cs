using Confluent.Kafka;
using Microsoft.Extensions.Time.Testing;

namespace Telemetry.Events.Kafka.Tests.Connection;

public class RepeatedErrorsTests
{
    [Fact]
    public void One_error_is_let_through_once_in_thirty_seconds_and_another_at_once()
    {
        var time = new FakeTimeProvider();
        var errors = new RepeatedErrors(time);

        Assert.True(errors.LetThrough(ErrorCode.Local_Transport));
        Assert.False(errors.LetThrough(ErrorCode.Local_Transport));
        Assert.True(errors.LetThrough(ErrorCode.Local_AllBrokersDown));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(errors.LetThrough(ErrorCode.Local_Transport));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(errors.LetThrough(ErrorCode.Local_Transport));
        Assert.False(errors.LetThrough(ErrorCode.Local_Transport));
    }
}
