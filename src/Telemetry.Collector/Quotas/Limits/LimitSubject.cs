namespace Telemetry.Collector.Quotas.Limits;

/// <summary>Whose entry it is: the key of the book.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The plan, user or tenant; empty for the default; the user of a grant.</param>
/// <param name="Resource">Of a grant alone: its resource.</param>
/// <param name="Grant">Of a grant alone: its id.</param>
internal readonly record struct LimitSubject(LimitKind Kind, string Name, string? Resource = null, string? Grant = null)
{
    /// <summary>The entry that says what plan users have who have nothing else.</summary>
    public static LimitSubject Default { get; } = new(LimitKind.Default, "");

    /// <summary>The key of the state log. Resources and grants' ids hold no slash, so that no two subjects share one.</summary>
    public string Key => Kind switch
    {
        LimitKind.Plan => $"limit/plan/{Name}",
        LimitKind.User => $"limit/user/{Name}",
        LimitKind.Tenant => $"limit/tenant/{Name}",
        LimitKind.Default => "limit/default",
        _ => $"grant/{Name}/{Resource}/{Grant}",
    };

    /// <summary>Whose partition it belongs to.</summary>
    public string Owner => Kind is LimitKind.User or LimitKind.Grant ? Name : "";

    /// <summary>As a sentence has it.</summary>
    public override string ToString() => Kind switch
    {
        LimitKind.Plan => $"plan '{Name}'",
        LimitKind.User => $"user '{Name}'",
        LimitKind.Tenant => $"tenant '{Name}'",
        LimitKind.Default => "the default plan",
        _ => $"grant '{Grant}' of user '{Name}'",
    };
}
