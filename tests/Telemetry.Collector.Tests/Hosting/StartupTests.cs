using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Tests.Security;
using Telemetry.Collector.Tests.Storage;

namespace Telemetry.Collector.Tests.Hosting;

public sealed class StartupTests : IDisposable
{
    private const string Key = "a-key-of-some-length";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--urls", "http://*:0")]
    [InlineData("--urls", "http://[::]:0")]
    [InlineData("--urls", "http://collector.example:0")]
    [InlineData("--urls", "http://127.0.0.1:0;http://10.0.0.1:0")]
    [InlineData("--urls", "", "--http_ports", "18080")]
    [InlineData("--Kestrel:Endpoints:Main:Url", "http://0.0.0.0:0")]
    public async Task To_listen_beyond_this_machine_without_a_key_is_refused(params string[] args)
    {
        var (exitCode, error) = await RunAsync(args);

        Assert.Equal(1, exitCode);
        Assert.Contains("which other machines can reach, and no API key is set. Set Collector:ApiKeys:0", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.2:0")]
    [InlineData("http://[::1]:0")]
    public async Task Loopback_needs_no_key(string url) => Assert.Equal((0, ""), await RunAsync("--urls", url));

    [Fact]
    public async Task With_a_key_it_may_listen_anywhere() =>
        Assert.Equal((0, ""), await RunAsync("--urls", "http://0.0.0.0:0", "--Collector:ApiKeys:0", Key));

    [Fact]
    public async Task A_short_key_is_refused_without_showing_it()
    {
        var (exitCode, error) = await RunAsync("--Collector:ApiKeys:0", Key, "--Collector:ApiKeys:1", "hunter2");

        Assert.Equal(1, exitCode);
        Assert.Contains("Collector:ApiKeys:1 has 7 characters; a key needs 16 at least.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Collector:ApiKeys", "one value that is no list")]
    [InlineData("--Collector:ApiKeys:0", "a key with blanks in it")]
    public async Task A_key_that_could_never_match_is_refused_without_showing_it(string name, string value)
    {
        var (exitCode, error) = await RunAsync(name, value);

        Assert.Equal(1, exitCode);
        Assert.Contains("Collector:ApiKeys", error, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls", "not an address")]
    [InlineData("--Collector:Storage:Path", "")]
    [InlineData("--Collector:Measuring:SettleDelay", "soon")]
    public async Task A_wrong_option_is_named_in_one_line(string name, string value)
    {
        var (exitCode, error) = await RunAsync(name, value);

        Assert.Equal(1, exitCode);
        Assert.Contains(name is "--urls" ? "'not an address'" : name[2..], error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task All_wrong_options_are_named_at_once()
    {
        var (_, error) = await RunAsync("--urls", "http://0.0.0.0:0", "--Collector:Storage:Path", "");

        Assert.Contains("Collector:Storage:Path", error, StringComparison.Ordinal);
        Assert.Contains("Collector:ApiKeys", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_is_told_without_a_stack_trace()
    {
        var (exitCode, error) = await RunAsync("--Collector:Storage:Path", _directory.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains($"The store file '{_directory.Path}' cannot be opened.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_told_without_a_stack_trace()
    {
        await using var other = await RunningCollector.StartAsync();

        var (exitCode, error) = await RunAsync("--urls", other.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use. Set ASPNETCORE_URLS", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_breaks_down_stops_the_process_with_an_error_code()
    {
        using var error = new StringWriter();
        var exitCode = await CollectorApplication.RunAsync(
            Arguments(),
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddHostedService<BreaksDown>();
            },
            error);

        Assert.Equal(1, exitCode);
        Assert.Contains("BreaksDown broke down: System.InvalidOperationException: A defect.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_before_it_is_up_is_an_orderly_stop()
    {
        var exitCode = await CollectorApplication.RunAsync(Arguments(), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddHostedService<StopsAtOnce>();
        });

        Assert.Equal(0, exitCode);
    }

    // A Collector that starts against expectation stops by itself, and the exit code tells.
    private async Task<(int ExitCode, string Error)> RunAsync(params string[] args)
    {
        using var log = new LogCapture();
        using var error = new StringWriter();
        var exitCode = await CollectorApplication.RunAsync(
            Arguments(args),
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(log);
                builder.Services.AddHostedService<StopsOnceStarted>();
            },
            error);
        Assert.DoesNotContain("   at ", error + log.Text, StringComparison.Ordinal);
        return (exitCode, error.ToString());
    }

    private string[] Arguments(params string[] args) =>
        ["--urls", "http://127.0.0.1:0", "--Collector:Storage:Path", _directory.File("store.duckdb"), .. RunningCollector.NoKafka, .. args];

    private sealed class StopsOnceStarted(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class StopsAtOnce(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class BreaksDown : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("A defect.");
        }
    }
}
