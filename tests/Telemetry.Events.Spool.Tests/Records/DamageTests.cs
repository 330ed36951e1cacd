using FsCheck;
using FsCheck.Fluent;

namespace Telemetry.Events.Spool.Tests.Records;

[Trait("Category", "Integration")]
public sealed class DamageTests : IDisposable
{
    // The million runs by hand (Program.cs); a pipeline may ask for more than these.
    private static readonly int Inputs =
        int.TryParse(Environment.GetEnvironmentVariable("TELEMETRY_SPOOL_DAMAGED_INPUTS"), out var inputs) ? inputs : 4000;

    private readonly DamageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void No_damage_to_a_log_crashes_its_reader_hangs_it_or_makes_a_wrong_event()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

        Prop.ForAll(seeds, seed => _run.Check(new Random(seed)) >= 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Inputs));
    }
}
