namespace Telemetry.Collector.Quotas.Limits;

/// <summary>What an entry of the limit book is.</summary>
internal enum LimitKind
{
    /// <summary>A plan: limits by resource, for whoever is assigned to it.</summary>
    Plan,

    /// <summary>A user's own limits and plan.</summary>
    User,

    /// <summary>A tenant's limits and plan, for each of its users by itself.</summary>
    Tenant,

    /// <summary>The plan of whoever has nothing else.</summary>
    Default,

    /// <summary>A grant.</summary>
    Grant,
}
