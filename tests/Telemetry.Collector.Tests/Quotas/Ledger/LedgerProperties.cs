using FsCheck.Xunit;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>Whatever happens, in whatever order, every answer is what a recount of all events and reservations gives.</summary>
public class LedgerProperties
{
    private const string Schedules = "TELEMETRY_QUOTA_SCHEDULES";
    private const string FirstSchedule = "TELEMETRY_QUOTA_FIRST_SCHEDULE";

    [Property(MaxTest = 400)]
    public void Every_answer_is_what_a_recount_gives(int seed, byte steps) =>
        new LedgerSchedule(seed).RunAsync(steps % 80).GetAwaiter().GetResult();

    [Fact]
    public async Task So_it_is_in_as_many_schedules_as_the_variable_says()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable(Schedules), out var asked) ? asked : 300;
        var first = int.TryParse(Environment.GetEnvironmentVariable(FirstSchedule), out var from) ? from : 0;
        for (var seed = first; seed < first + count; seed++)
        {
            try
            {
                await new LedgerSchedule(seed).RunAsync(60);
            }
            catch (InvalidOperationException exception)
            {
                Assert.Fail($"Seed {seed}: {exception.Message}");
            }
        }
    }
}
