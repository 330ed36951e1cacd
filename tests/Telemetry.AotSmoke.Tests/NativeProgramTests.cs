namespace Telemetry.AotSmoke.Tests;

[Trait("Category", "Integration")]
public sealed class NativeProgramTests(NativeProgram program) : IClassFixture<NativeProgram>
{
    [Fact]
    public void It_publishes_without_a_warning()
    {
        Assert.True(program.Publish.ExitCode == 0, program.Publish.Output);
        // Trim (IL2xxx) and AOT (IL3xxx) analysis among them: one that is not turned into an error still counts.
        Assert.DoesNotContain("warning", program.Publish.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_publishes_events_and_reads_them_back()
    {
        Assert.True(program.Publish.ExitCode == 0, program.Publish.Output);

        var result = await program.RunAsync();

        Assert.Equal((0, "ok 8\n"), (result.ExitCode, result.Output.ReplaceLineEndings("\n")));
    }
}
