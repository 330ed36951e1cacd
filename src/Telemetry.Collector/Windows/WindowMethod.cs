namespace Telemetry.Collector.Windows;

/// <summary>The names under which results say how they were found. Stored and served: never rename one.</summary>
public static class WindowMethod
{
    /// <summary>Start and finish stand on samples: a difference, nothing estimated.</summary>
    public const string Exact = "exact";

    /// <summary>The rates before and after are carried up to start and finish.</summary>
    public const string ChangePoint = "change_point";

    /// <summary>Too few samples outside for a rate there: a straight line across the edge.</summary>
    public const string Linear = "linear";

    /// <summary>Solved together with the other runs on the node.</summary>
    public const string Joint = "joint";

    /// <summary>So many runs overlap that they share by time alone; the bounds assume nothing.</summary>
    public const string SharedByTime = "shared_by_time";

    /// <summary>A gauge's line over time, with samples inside the window.</summary>
    public const string TimeWeighted = "time_weighted";

    /// <summary>A gauge without a sample inside the window: the line between its neighbours.</summary>
    public const string Bridged = "bridged";

    /// <summary>There is no value.</summary>
    public const string None = "none";
}
