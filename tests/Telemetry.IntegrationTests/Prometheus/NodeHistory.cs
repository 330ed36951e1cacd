using System.Globalization;

namespace Telemetry.IntegrationTests.Prometheus;

/// <summary>What one node exporter said over time, by node exporter's names and labels.</summary>
public sealed class NodeHistory
{
    private readonly PrometheusHistory _history;
    private readonly string _target;
    private readonly TimeSpan _scrapeInterval;
    private readonly List<(string Series, Func<DateTimeOffset, double> Value)> _series = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _silences = [];

    internal NodeHistory(PrometheusHistory history, string nodename, string instance, string job, TimeSpan scrapeInterval)
    {
        (_history, _scrapeInterval) = (history, scrapeInterval);
        _target = $"instance=\"{Escape(instance)}\",job=\"{Escape(job)}\"";
        Add("node_uname_info", $"nodename=\"{Escape(nodename)}\",sysname=\"Linux\"", _ => 1);
    }

    /// <summary>CPU seconds of one CPU in one mode; the rate is in cores.</summary>
    public NodeHistory Cpu(int cpu, string mode, RateHistory cores) =>
        Add("node_cpu_seconds_total", $"cpu=\"{cpu}\",mode=\"{Escape(mode)}\"", moment => cores.CounterAt(moment, _history.From));

    /// <summary>Total memory, and how much of it is used at a moment.</summary>
    public NodeHistory Memory(double totalBytes, Func<DateTimeOffset, double> usedBytes)
    {
        Add("node_memory_MemTotal_bytes", "", _ => totalBytes);
        return Add("node_memory_MemAvailable_bytes", "", moment => totalBytes - usedBytes(moment));
    }

    /// <summary>Bytes of one network device; the rates are in bytes a second.</summary>
    public NodeHistory Network(string device, RateHistory received, RateHistory sent)
    {
        var label = $"device=\"{Escape(device)}\"";
        Add("node_network_receive_bytes_total", label, moment => received.CounterAt(moment, _history.From));
        return Add("node_network_transmit_bytes_total", label, moment => sent.CounterAt(moment, _history.From));
    }

    /// <summary>No scrape succeeded from one moment to another.</summary>
    public NodeHistory NotScraped(DateTimeOffset from, DateTimeOffset to)
    {
        _silences.Add((from, to));
        return this;
    }

    internal void WriteTo(TextWriter writer)
    {
        foreach (var (series, value) in _series)
        {
            for (var moment = _history.From; moment <= _history.To; moment += _scrapeInterval)
            {
                if (_silences.Any(silence => moment >= silence.From && moment < silence.To))
                    continue;
                var time = (moment.ToUnixTimeMilliseconds() / 1000m).ToString("F3", CultureInfo.InvariantCulture);
                writer.Write($"{series} {value(moment).ToString("R", CultureInfo.InvariantCulture)} {time}\n");
            }
        }
    }

    private NodeHistory Add(string metric, string labels, Func<DateTimeOffset, double> value)
    {
        _series.Add(($"{metric}{{{_target}{(labels.Length > 0 ? "," : "")}{labels}}}", value));
        return this;
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
