using System.Diagnostics;

namespace Telemetry.RestProxy.Conformance.Tests;

[Trait("Category", "Integration")]
public class ProgramTests
{
    [Fact]
    public async Task It_prints_its_loopback_address_serves_and_ends_on_interrupt()
    {
        using var program = Start("--dialect", "v3", "--sink");
        var address = new Uri((await program.StandardOutput.ReadLineAsync())!);
        using var http = new HttpClient { BaseAddress = address };

        Assert.True(address.IsLoopback);
        Assert.Contains("KafkaClusterList", await http.GetStringAsync("v3/clusters"), StringComparison.Ordinal);

        using var kill = Process.Start("kill", ["-INT", $"{program.Id}"]);
        await program.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        Assert.Equal(0, program.ExitCode);
    }

    [Theory]
    [InlineData("'--dialects' is no option.", "--dialects", "v3")]
    [InlineData("--dialect is 'v4'; give v2, v3 or strimzi.", "--dialect", "v4")]
    [InlineData("--port needs a value.", "--port")]
    public async Task A_wrong_command_line_is_told(string message, params string[] arguments)
    {
        using var program = Start(arguments);

        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Equal(1, program.ExitCode);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Telemetry.RestProxy.Conformance.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
