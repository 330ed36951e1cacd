namespace Telemetry.Collector.Runs;

/// <summary>Which end of a run an event marks.</summary>
public enum RunBoundary
{
    /// <summary>The process began.</summary>
    Start,

    /// <summary>The process ended, well or not.</summary>
    Finish,
}
