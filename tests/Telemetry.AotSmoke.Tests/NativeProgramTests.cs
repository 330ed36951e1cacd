using Telemetry.RestProxy.Conformance;

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

    [Theory]
    [InlineData(RestDialect.ConfluentV2)]
    [InlineData(RestDialect.ConfluentV3)]
    [InlineData(RestDialect.Strimzi)]
    public async Task It_publishes_by_a_REST_proxy_whose_dialect_it_finds_out(RestDialect dialect)
    {
        Assert.True(program.Publish.ExitCode == 0, program.Publish.Output);
        await using var server = await RestProxyServer.StartAsync(new RestProxyServerOptions { Dialect = dialect });

        var result = await program.RunAsync(server.BaseAddress.ToString());

        Assert.StartsWith("delivered xumi_task ", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, server.Requests.Single(request => request.Method == "POST").RecordCount);
    }
}
