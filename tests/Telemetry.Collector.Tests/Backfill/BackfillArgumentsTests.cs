using Telemetry.Collector.Backfill;

namespace Telemetry.Collector.Tests.Backfill;

public class BackfillArgumentsTests
{
    [Fact]
    public void From_and_to_are_taken_and_the_rest_is_configuration()
    {
        Assert.True(BackfillArguments.TryParse(
            ["--to", "2026-08-02T02:00:00+02:00", "--Collector:Storage:Path", "x", "--from", "2026-08-01T00:00:00Z"],
            out var arguments, out _));

        Assert.Equal(
            (new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 8, 2, 0, 0, 0, TimeSpan.Zero)),
            (arguments.From, arguments.To));
        Assert.Equal(["--Collector:Storage:Path", "x"], arguments.Settings);
    }

    [Theory]
    [InlineData("--from is missing")]
    [InlineData("--to is missing", "--from", "2026-08-01T00:00:00Z")]
    [InlineData("--from 'yesterday' is no time", "--from", "yesterday", "--to", "2026-08-01T00:00:00Z")]
    [InlineData("--to '2026-08-01T00:00:00' is no time with an offset", "--from", "2026-08-01T00:00:00Z", "--to", "2026-08-01T00:00:00")]
    [InlineData("--to '' is no time", "--to")]
    [InlineData("exchange them", "--from", "2026-08-02T00:00:00Z", "--to", "2026-08-01T00:00:00Z")]
    public void What_is_wrong_is_said_with_the_fix(string expected, params string[] args)
    {
        Assert.False(BackfillArguments.TryParse(args, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
