using System.Globalization;

namespace Telemetry.Samples.Demo;

/// <summary>The Prometheus that scrapes the node exporter, and the Collector's own metrics.</summary>
internal static class PrometheusServer
{
    /// <summary>How often it scrapes: often enough for processes of seconds.</summary>
    public static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(1);

    /// <summary>Starts it on loopback. The Collector is scraped less often: each time costs CPU time of the node.</summary>
    public static ChildProcess Start(ChildLauncher launcher, DemoPaths paths, int port, int exporterPort, int collectorPort)
    {
        var configuration = Path.Combine(paths.Data, "prometheus.yml");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            global:
              scrape_interval: {ScrapeInterval.TotalSeconds}s
              scrape_timeout: {ScrapeInterval.TotalSeconds}s
            scrape_configs:
              - job_name: node
                static_configs:
                  - targets: ["127.0.0.1:{exporterPort}"]
              - job_name: collector
                scrape_interval: 15s
                static_configs:
                  - targets: ["127.0.0.1:{collectorPort}"]

            """));
        var command = new ChildCommand(
            "prometheus",
            Executable.Find("prometheus"),
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(paths.Data, "prometheus")}",
            $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=warn");
        return launcher.Start(command, $"Prometheus on http://127.0.0.1:{port}, scrape interval {ScrapeInterval.TotalSeconds} s");
    }
}
