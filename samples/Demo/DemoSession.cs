using System.Net;
using Telemetry.Events.Testing;

namespace Telemetry.Samples.Demo;

/// <summary>The demo from start to end; the one file that knows the order of its parts.</summary>
internal sealed class DemoSession(DemoOptions options, DemoPaths paths, DemoConsole console, TimeProvider time)
{
    private const int ScrapesBeforeFirstRun = 3;

    // Four scrapes of background between two processes: on one node, overlapping ones cannot be told apart.
    private static readonly TimeSpan Gap = 4 * PrometheusServer.ScrapeInterval;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(1);

    // A Prometheus of the user's may scrape once a minute.
    private static readonly TimeSpan ForeignPrometheusDeadline = TimeSpan.FromMinutes(5);

    private readonly Watch _watch = new(console, time);

    private bool OwnPrometheus => options.PrometheusUrl is null;

    /// <summary>Runs the demo.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="DemoFailedException">A part is missing or ended.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before the table.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var demoLock = DemoLock.Take(paths);
        var registry = new ChildRegistry(paths, time);
        if (await registry.StopLeftoversAsync() is { Count: > 0 } leftovers)
            console.Step($"stopped what an earlier demo left running: {string.Join(", ", leftovers)}");

        Recreate(paths.Data);
        Recreate(paths.Logs);
        try
        {
            return await RunPartsAsync(new ChildLauncher(paths, registry, console), cancellationToken);
        }
        finally
        {
            Directory.Delete(paths.Data, recursive: true);
            console.Step($"stopped all that it started and removed its data; the logs stay in {paths.Logs}");
        }
    }

    // Each `await using` stops its part on the way out, so that the order of stopping is that of starting in reverse.
    private async Task<int> RunPartsAsync(ChildLauncher launcher, CancellationToken cancellationToken)
    {
        var (exporterPort, collectorPort) = (FreePort.Next(), FreePort.Next());
        var collectorUrl = new Uri($"http://127.0.0.1:{collectorPort}");
        var prometheusUrl = options.PrometheusUrl ?? new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var node = NodeName();

        await using var exporter = OwnPrometheus ? NodeExporter.Start(launcher, exporterPort) : null;
        await using var prometheus = OwnPrometheus
            ? PrometheusServer.Start(launcher, paths, prometheusUrl.Port, exporterPort, collectorPort)
            : null;
        if (prometheus is null)
            console.Step($"uses {SafeAddress.Of(prometheusUrl)} of {DemoOptions.PrometheusVariable}, node '{node}'");

        await using var broker = options.Kafka is null ? StartBroker() : null;
        var kafka = options.Kafka ?? new BrokerAddress(broker!.BootstrapServers, broker.BootstrapServers);
        if (broker is null)
            console.Step($"uses {kafka.Shown} of {DemoOptions.KafkaVariable}");

        await using var collector = CollectorServer.Start(
            launcher, paths, collectorUrl, kafka.ConnectionString, prometheusUrl, OwnPrometheus);
        using var client = new CollectorClient(collectorUrl);
        using var scrapes = new PrometheusScrapes(prometheusUrl);
        await _watch.UntilAsync(client.MissingAsync, StartDeadline, collector, cancellationToken);
        await _watch.UntilAsync(
            token => scrapes.MissingAsync(node, ScrapesBeforeFirstRun, token),
            OwnPrometheus ? StartDeadline : ForeignPrometheusDeadline, prometheus, cancellationToken);

        var runner = new RunnerProcess(paths, launcher, console, kafka.ConnectionString, node);
        var runs = new ExpectedRuns(client);
        foreach (var plan in RunnerPlan.Both)
        {
            console.Step($"waiting {Gap.TotalSeconds} s, so that the node's background before {plan.Name} is known");
            await Task.Delay(Gap, time, cancellationToken);
            runs.Add(plan, await runner.RunAsync(plan, cancellationToken));
        }

        var exitCode = await ReportAsync(runs, collector, cancellationToken);
        console.Say(WhereToLook.Render(paths, collectorUrl, prometheusUrl, kafka));
        if (!options.Once)
            await StayUpAsync([collector, prometheus, exporter], cancellationToken);
        return exitCode;
    }

    private async Task<int> ReportAsync(ExpectedRuns runs, ChildProcess collector, CancellationToken cancellationToken)
    {
        string? failure = null;
        try
        {
            await _watch.UntilAsync(
                runs.MissingAsync, OwnPrometheus ? StartDeadline : ForeignPrometheusDeadline, collector, cancellationToken);
        }
        catch (DemoFailedException e)
        {
            // The table is shown all the same: it says which run is missing, and why.
            failure = e.Message;
        }

        console.Say($"{Environment.NewLine}{RunTable.Render(runs.All)}{Environment.NewLine}");
        if (failure is not null)
            console.Say(failure);
        return runs.All.All(run => run.Run is { IsMeasured: true }) ? ExitCodes.Succeeded : ExitCodes.Failed;
    }

    private async Task StayUpAsync(IEnumerable<ChildProcess?> children, CancellationToken cancellationToken)
    {
        console.Say("The demo stays up; Ctrl-C stops it.");
        // The losers of the race below must not outlive it.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = children.OfType<ChildProcess>().ToArray();
        var ended = await Task.WhenAny(running.Select(child => child.WaitForExitAsync(stop.Token)));
        await stop.CancelAsync();
        if (!ended.IsCanceled && running.FirstOrDefault(child => child.ExitCode is not null) is { } child)
            throw child.Failure($"{child.Name} ended by itself with exit code {child.ExitCode}.");
    }

    private EmbeddedKafkaCluster StartBroker()
    {
        var broker = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            Topics = [new EmbeddedKafkaTopic("xumi_load"), new EmbeddedKafkaTopic("xumi_task")],
        });
        console.Step($"embedded Kafka on {broker.BootstrapServers}, topics xumi_load and xumi_task");
        return broker;
    }

    // The own exporter reports the host's name, whatever HOST_NAME says. Not Environment.MachineName, which ends at the first
    // dot where node_uname_info{nodename} has the whole name.
    private string NodeName() =>
        !OwnPrometheus && Environment.GetEnvironmentVariable("HOST_NAME") is { } name && !string.IsNullOrWhiteSpace(name)
            ? name
            : Dns.GetHostName();

    private static void Recreate(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        Directory.CreateDirectory(directory);
    }
}
