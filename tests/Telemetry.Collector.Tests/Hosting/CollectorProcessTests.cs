using System.Diagnostics;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Tests.Storage;

namespace Telemetry.Collector.Tests.Hosting;

/// <summary>The program as an operator starts and stops it.</summary>
[Trait("Category", "Integration")]
public sealed class CollectorProcessTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Ctrl_C_stops_it_within_seconds_with_exit_code_zero()
    {
        using var collector = await StartAsync();
        var watch = Stopwatch.StartNew();

        await InterruptAsync(collector);

        Assert.Equal(0, collector.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("", await collector.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task A_second_one_on_the_same_store_is_told_who_has_it_and_the_first_goes_on()
    {
        using var first = await StartAsync();
        using var second = Launch();
        using var deadline = new CancellationTokenSource(Deadline);
        await second.WaitForExitAsync(deadline.Token);

        var error = await second.StandardError.ReadToEndAsync(deadline.Token);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("cannot be opened. Another process has it open: stop that process, or set Collector:Storage:Path", error, StringComparison.Ordinal);
        Assert.Contains($"PID {first.Id}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);

        await InterruptAsync(first);
        Assert.Equal(0, first.ExitCode);
    }

    private async Task<Process> StartAsync()
    {
        var process = Launch();
        using var deadline = new CancellationTokenSource(Deadline);
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Contains("Application started", StringComparison.Ordinal))
                return process;
        }

        throw new InvalidOperationException("It ended: " + await process.StandardError.ReadToEndAsync(deadline.Token));
    }

    private Process Launch() => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            typeof(CollectorApplication).Assembly.Location,
            "--urls", "http://127.0.0.1:0",
            "--Collector:Storage:Path", _directory.File("store.duckdb"),
            RunningCollector.NoKafka[0], RunningCollector.NoKafka[1],
        },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        using var deadline = new CancellationTokenSource(Deadline);
        await process.WaitForExitAsync(deadline.Token);
    }
}
