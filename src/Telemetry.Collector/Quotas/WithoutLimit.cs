namespace Telemetry.Collector.Quotas;

/// <summary>What a user may do whom no limit is set for.</summary>
public enum WithoutLimit
{
    /// <summary>Nothing but what grants give: as with a hard limit of zero.</summary>
    Deny,

    /// <summary>Anything.</summary>
    Allow,
}
