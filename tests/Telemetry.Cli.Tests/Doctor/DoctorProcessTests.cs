using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Telemetry.Cli.Commands;
using Telemetry.Events.Testing;

namespace Telemetry.Cli.Tests.Doctor;

/// <summary>The tool as a shell runs it, with the environment and with real clients.</summary>
[Trait("Category", "Integration")]
public sealed class DoctorProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Kafka_by_the_environment_is_found_well_and_a_topic_that_is_missing_is_named()
    {
        await using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("wkf_cpu", 2)] });

        var (code, output) = await RunAsync(kafka.BootstrapServers, "--topics", "wkf_cpu");

        Assert.True(code == ExitCode.Success, output);
        Assert.Contains("  ok       route kafka: Carries wkf_cpu.", output, StringComparison.Ordinal);
        Assert.Contains($"  ok       brokers: {kafka.BootstrapServers} answers", output, StringComparison.Ordinal);
        Assert.Contains("  ok       topic wkf_cpu: ", output, StringComparison.Ordinal);

        (code, output) = await RunAsync(kafka.BootstrapServers, "--topics", "wkf_cpu,wkf_gpu");

        Assert.True(code == ExitCode.Different, output);
        Assert.Contains("  ok       topic wkf_cpu: ", output, StringComparison.Ordinal);
        Assert.Contains("  fail     topic wkf_gpu: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kafka://user:sesame-open@{0}")]
    [InlineData("kafka://{0}")]
    public async Task A_server_that_takes_connections_and_never_answers_ends_within_the_time_out(string url)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var clock = Stopwatch.StartNew();

        var (code, output) = await RunAsync(string.Format(null, url, silent.LocalEndpoint), "--topics", "t", "--timeout", "3");

        Assert.True(code == ExitCode.Different, output);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
        Assert.Contains("  fail     ", output, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_for_a_server_that_never_answers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var process = Start($"{silent.LocalEndpoint}", "--topics", "t", "--timeout", "600");
        using var deadline = new CancellationTokenSource(Deadline);
        // The first section is out, so the client is on its way.
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { Length: > 0 })
        {
        }

        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
    }

    private static async Task<(int Code, string Output)> RunAsync(string kafka, params string[] arguments)
    {
        using var process = Start(kafka, arguments);
        using var deadline = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output + await error);
    }

    private static Process Start(string kafka, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(ExitCode).Assembly.Location, "doctor", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            ["KAFKA_DIRECT_URL"] = kafka,
            ["KAFKA_PROXY_URL"] = "",
            ["TENANT_ID"] = "0f8fad5b-d9cb-469f-a165-70867728950e",
            ["NODE_ID"] = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        },
    })!;
}
