using Telemetry.Collector.Windows;

namespace Telemetry.Collector.Measuring;

/// <summary>One run to be measured.</summary>
/// <param name="Node">The node's name as its exporter tells it.</param>
/// <param name="Window">From the run's start to its finish.</param>
public sealed record MeterRequest(string Node, TimeWindow Window)
{
    /// <summary>What else the catalog's placeholders stand for: <c>task_id</c>, <c>pod</c> and so on. The node need not be
    /// among them. Default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The other runs known on the node near the window, this one not among them. Default none.</summary>
    public IReadOnlyList<TimeWindow> Others { get; init; } = [];
}
