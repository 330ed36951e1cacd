using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Windows;

namespace Telemetry.IntegrationTests.Prometheus;

/// <summary>One Prometheus with the history of several nodes, for all tests of a class.</summary>
public sealed class NodeMeterFixture : IAsyncLifetime
{
    public static readonly DateTimeOffset Origin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public const string OddName = "od\"d} or {nodename=~\".+\\";

    private const double Gibibyte = 1024 * 1024 * 1024;

    private static readonly DateTimeOffset End = Origin.AddMinutes(30);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuarterMinute = TimeSpan.FromSeconds(15);

    private PrometheusServer? _server;
    private ServiceProvider? _services;

    /// <summary>Series of <c>node_uname_info</c>.</summary>
    public const int Nodes = 10;

    /// <summary>As the Collector registers it.</summary>
    public PrometheusClient Client => _services!.GetRequiredService<PrometheusClient>();

    /// <summary>
    /// Scraped every second; four CPUs with up to 0.2 cores of noise each, one core burned from 600 to 610 s and from 700.4 to
    /// 709.7 s.
    /// </summary>
    public RateHistory[] NoisyCpus { get; } =
    [
        .. Enumerable.Range(0, 4).Select(cpu => RateHistory.Constant(0.01).PlusNoise(0.2, cpu, Origin, End)
            .Plus(cpu == 2 ? 1 : 0, Origin.AddSeconds(600), Origin.AddSeconds(610))
            .Plus(cpu == 3 ? 1 : 0, Origin.AddSeconds(700.4), Origin.AddSeconds(709.7))),
    ];

    /// <summary>Scraped every 15 s; 0.3 cores all the time, 2 more from 607 to 612 s.</summary>
    public RateHistory SparseCpu { get; } =
        RateHistory.Constant(0.3).Plus(2, Origin.AddSeconds(607), Origin.AddSeconds(612));

    /// <summary>Scraped every 15 s; noise of up to 0.2 cores, 2 more from 607 to 612 s.</summary>
    public RateHistory SparseNoisyCpu { get; } = RateHistory.Constant(0.1).PlusNoise(0.2, 7, Origin, End)
        .Plus(2, Origin.AddSeconds(607), Origin.AddSeconds(612));

    public PrometheusServer Server => _server!;

    public async Task InitializeAsync()
    {
        var history = new PrometheusHistory(Origin, End);
        var noisy = history.AddNode("noisy", Second);
        for (var cpu = 0; cpu < NoisyCpus.Length; cpu++)
        {
            noisy.Cpu(cpu, "user", NoisyCpus[cpu]);
            foreach (var waiting in new[] { "idle", "iowait", "steal" })
                noisy.Cpu(cpu, waiting, RateHistory.Constant(0.5));
        }

        noisy
            .Memory(8 * Gibibyte, moment => Gibibyte * (moment - Origin).TotalSeconds switch { < 600 => 1, < 610 => 3, _ => 2 })
            .Network("eth0", RateHistory.Constant(1000), RateHistory.Constant(10))
            .Network("eth1", RateHistory.Constant(0), RateHistory.Constant(5))
            .Network("lo", RateHistory.Constant(1e6), RateHistory.Constant(1e6));

        history.AddNode("sparse", QuarterMinute).Cpu(0, "user", SparseCpu);
        history.AddNode("sparse-noisy", QuarterMinute).Cpu(0, "user", SparseNoisyCpu);
        history.AddNode("rebooted", QuarterMinute)
            .Cpu(0, "user", RateHistory.Constant(1, startValue: 50_000).ResetAt(Origin.AddSeconds(605)))
            .Cpu(1, "user", RateHistory.Constant(1).ResetAt(Origin.AddSeconds(605)));
        history.AddNode("silent", QuarterMinute).Cpu(0, "user", RateHistory.Constant(1))
            .NotScraped(Origin.AddSeconds(601), Origin.AddSeconds(700));
        history.AddNode("twice", QuarterMinute, instance: "a:9100").Cpu(0, "user", RateHistory.Constant(1))
            .NotScraped(Origin.AddSeconds(620), Origin.AddSeconds(700));
        history.AddNode("twice", QuarterMinute, instance: "b:9100").Cpu(0, "user", RateHistory.Constant(1.5));
        history.AddNode("gone", QuarterMinute).Cpu(0, "user", RateHistory.Constant(1)).NotScraped(Origin.AddSeconds(700), End.AddSeconds(1));
        history.AddNode("nothing-but-a-name", QuarterMinute);
        history.AddNode(OddName, QuarterMinute).Cpu(0, "user", RateHistory.Constant(0.25));
        _server = await PrometheusServer.StartAsync(history);
        _services = Services(_server.Url, scrapeInterval: 15);
    }

    public async Task DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>Measures with the services as the Collector registers them. Times are seconds since <see cref="Origin"/>.</summary>
    public Task<PrometheusResult<Measurement>> MeasureAsync(string node, double start, double finish, int scrapeInterval = 15) =>
        MeasureAsync(Server.Url, node, start, finish, scrapeInterval);

    public static async Task<PrometheusResult<Measurement>> MeasureAsync(
        string url, string node, double start, double finish, int scrapeInterval = 15)
    {
        await using var services = Services(url, scrapeInterval);
        return await services.GetRequiredService<INodeMeter>().MeasureAsync(
            new MeterRequest(node, new TimeWindow(Origin.AddSeconds(start), Origin.AddSeconds(finish))), CancellationToken.None);
    }

    /// <summary>The last sample that there is of a run's node, as seconds since <see cref="Origin"/>; null for none.</summary>
    public async Task<(double? At, string Of)> FindLastSampleAsync(string node, double start, double finish)
    {
        var found = await _services!.GetRequiredService<INodeMeter>().FindLastSampleAsync(
            new MeterRequest(node, new TimeWindow(Origin.AddSeconds(start), Origin.AddSeconds(finish))), CancellationToken.None);
        return ((found.Value!.At - Origin)?.TotalSeconds, found.Value.Of);
    }

    private static ServiceProvider Services(string url, int scrapeInterval)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PROMETHEUS_URL"] = url,
            ["Collector:Prometheus:ScrapeInterval"] = TimeSpan.FromSeconds(scrapeInterval).ToString("c"),
        }).Build();
        return new ServiceCollection().AddLogging()
            .AddPrometheus(configuration).AddMeasuring(configuration).BuildServiceProvider();
    }
}
