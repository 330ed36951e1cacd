namespace Telemetry.Events.Transport;

/// <summary>Whether a check found all well.</summary>
public enum PreflightStatus
{
    /// <summary>Nothing to change.</summary>
    Ok = 0,

    /// <summary>Events will be delivered, but something is not as one would want it.</summary>
    Warning,

    /// <summary>Events will not be delivered, or not all of them.</summary>
    Failed,

    /// <summary>It could not be found out, since something before it failed or the broker does not tell.</summary>
    NotChecked,
}
