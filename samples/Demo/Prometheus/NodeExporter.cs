namespace Telemetry.Samples.Demo;

/// <summary>The exporter of this machine's CPU, memory and network.</summary>
internal static class NodeExporter
{
    /// <summary>Starts it on loopback.</summary>
    public static ChildProcess Start(ChildLauncher launcher, int port)
    {
        // Only what the Collector reads: scraped every second, the default collectors would themselves cost CPU time.
        var command = new ChildCommand(
            "node-exporter",
            Executable.Find("prometheus-node-exporter", "node_exporter"),
            $"--web.listen-address=127.0.0.1:{port}",
            "--collector.disable-defaults", "--collector.cpu", "--collector.meminfo", "--collector.netdev", "--collector.uname");
        return launcher.Start(command, $"node exporter on http://127.0.0.1:{port}");
    }
}
