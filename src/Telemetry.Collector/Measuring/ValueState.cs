namespace Telemetry.Collector.Measuring;

/// <summary>How much of a value there is.</summary>
public enum ValueState
{
    /// <summary>Samples vouch for nearly all of the window (<see cref="Windows.WindowCoverage.Required"/>).</summary>
    Measured,

    /// <summary>Samples vouch for a part of it: the rest is bridged, and the bounds say how far that may be off.</summary>
    Partial,

    /// <summary>There is no value. Never a zero.</summary>
    NoData,
}
