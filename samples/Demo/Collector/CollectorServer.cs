namespace Telemetry.Samples.Demo;

/// <summary>The Collector, as a process of its own.</summary>
internal static class CollectorServer
{
    // Two scrapes would be enough (docs/window-metrics.md). But a measurement costs CPU time of this same node: so long after a
    // load, its task is over, and the measurement falls between the runs and not into one.
    private static readonly TimeSpan SettleDelay =
        TimeSpan.FromSeconds(RunnerPlan.Both.Max(plan => plan.ComputeSeconds)) + (3 * PrometheusServer.ScrapeInterval);

    /// <summary>Starts it on loopback.</summary>
    /// <param name="launcher">Starts processes.</param>
    /// <param name="paths">Where it stores.</param>
    /// <param name="url">Where its API listens.</param>
    /// <param name="kafka">The broker, as KAFKA_DIRECT_URL takes it.</param>
    /// <param name="prometheus">Prometheus, as PROMETHEUS_URL takes it.</param>
    /// <param name="ownPrometheus">Whether that is the demo's own one, whose scrape interval is known.</param>
    public static ChildProcess Start(
        ChildLauncher launcher, DemoPaths paths, Uri url, string kafka, Uri prometheus, bool ownPrometheus)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = url.AbsoluteUri,
            [DemoOptions.KafkaVariable] = kafka,
            [DemoOptions.PrometheusVariable] = prometheus.AbsoluteUri,
            ["Collector__Storage__Path"] = Path.Combine(paths.Data, "collector.duckdb"),
            // A group of its own, so that a Collector that already reads from this broker loses no partition to the demo.
            ["Collector__Kafka__GroupId"] = $"telemetry-demo-{Guid.CreateVersion7()}",
        };
        if (ownPrometheus)
        {
            environment["Collector__Measuring__SettleDelay"] = SettleDelay.ToString("c");
            environment["Collector__Prometheus__ScrapeInterval"] = PrometheusServer.ScrapeInterval.ToString("c");
        }

        var command = ChildCommand.DotNet("collector", paths.Collector) with { Environment = environment };
        return launcher.Start(command, $"Collector on {url}");
    }
}
