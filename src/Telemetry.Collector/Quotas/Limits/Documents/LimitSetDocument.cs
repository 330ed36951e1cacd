namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>What a plan, a user, a tenant or the default is given, as it is written.</summary>
/// <param name="Plan">The plan; a plan itself has none.</param>
/// <param name="Limits">By resource; the default has none.</param>
internal sealed record LimitSetDocument(string? Plan, IReadOnlyDictionary<string, LimitDocument?>? Limits)
{
    public static LimitSetDocument From(LimitSet set)
    {
        var limits = new SortedDictionary<string, LimitDocument?>(StringComparer.Ordinal);
        foreach (var (resource, limit) in set.Limits)
            limits.Add(resource, LimitDocument.From(limit));
        return new(set.Plan, limits.Count == 0 ? null : limits);
    }
}
