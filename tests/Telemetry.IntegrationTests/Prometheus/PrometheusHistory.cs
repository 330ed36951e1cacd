namespace Telemetry.IntegrationTests.Prometheus;

/// <summary>
/// What a Prometheus is to remember, for tests with exact expected figures. The moments may lie anywhere in the past: age is
/// counted from the newest sample.
/// </summary>
/// <param name="from">The first scrape, to the second.</param>
/// <param name="to">No scrape after this.</param>
public sealed class PrometheusHistory(DateTimeOffset from, DateTimeOffset to)
{
    private readonly List<NodeHistory> _nodes = [];

    public DateTimeOffset From { get; } = from;

    public DateTimeOffset To { get; } = to;

    /// <summary>Adds a node that is scraped from <see cref="From"/> on; it tells no more than its name at first.</summary>
    public NodeHistory AddNode(string nodename, TimeSpan scrapeInterval, string? instance = null, string job = "node")
    {
        var node = new NodeHistory(this, nodename, instance ?? $"{nodename}:9100", job, scrapeInterval);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Writes OpenMetrics text, as <c>promtool tsdb create-blocks-from openmetrics</c> reads it.</summary>
    public void WriteTo(TextWriter writer)
    {
        foreach (var node in _nodes)
            node.WriteTo(writer);
        writer.Write("# EOF\n");
    }
}
