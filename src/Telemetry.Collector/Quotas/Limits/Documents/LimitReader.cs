using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>Turns documents into limits, or into all of their mistakes at once.</summary>
/// <param name="mistakes">Where they are noted.</param>
/// <param name="resources">The resources that there are.</param>
internal sealed class LimitReader(LimitMistakes mistakes, KnownResources resources)
{
    private const int MaxThresholds = 20;
    private const int MaxSlots = 2000;
    private static readonly int[] DefaultThresholds = [80, 100];
    private static readonly long MaxLengthSeconds = (long)TimeSpan.FromDays(5 * 366).TotalSeconds;

    public LimitSet ReadSet(LimitSetDocument document, string path)
    {
        if (document.Plan is { } plan && !LimitNames.IsPlan(plan))
            mistakes.Add($"{path}.plan", plan, $"write {LimitNames.PlanForm}");
        Dictionary<string, QuotaLimit> limits = new(StringComparer.Ordinal);
        foreach (var (resource, limit) in document.Limits ?? new Dictionary<string, LimitDocument?>())
        {
            var at = $"{path}.limits.{resource}";
            if (!resources.Contains(resource))
                mistakes.Add(at, resource, $"name a resource that there is ({resources.Listed}), or add it to Collector:Quota:Resources");
            else if (limit is null)
                mistakes.Add(at, null, "write a limit, or remove the resource");
            else
                limits.Add(resource, ReadLimit(limit, at));
        }

        return new LimitSet(document.Plan, limits);
    }

    public QuotaLimit ReadLimit(LimitDocument limit, string path)
    {
        if (limit.Amount is null)
            mistakes.Add($"{path}.amount", null, "write a number, zero or more");
        else if (limit.Amount < QuotaAmount.Zero)
            mistakes.Add($"{path}.amount", limit.Amount.Value.ToString(), "write a number, zero or more");
        if (limit.Enforcement is not (null or "hard" or "soft"))
            mistakes.Add($"{path}.enforcement", limit.Enforcement, "write hard or soft");
        return new QuotaLimit(
            limit.Amount ?? default, ReadPeriod(limit, path), limit.Enforcement != "soft", ReadThresholds(limit.Thresholds, path));
    }

    /// <summary>The grant of a request.</summary>
    public QuotaGrant ReadGrant(GrantDocument grant, DateTimeOffset now)
    {
        if (grant.Id is not null && !LimitNames.IsGrant(grant.Id))
            mistakes.Add("$.id", grant.Id, "write up to 64 letters, digits, '_' and '-', or leave it out");
        if (grant.Amount is null || grant.Amount <= QuotaAmount.Zero)
            mistakes.Add("$.amount", grant.Amount?.ToString(), "write a number above 0");
        var from = grant.EffectiveFrom ?? now;
        if (grant.ExpiresAt <= from)
            mistakes.Add("$.expires_at", grant.ExpiresAt, "write a time after effective_from, or leave it out");
        return new QuotaGrant(
            grant.Id ?? Guid.CreateVersion7(now).ToString("n"), grant.Amount ?? default, grant.Priority ?? 0, from.ToUniversalTime(), grant.ExpiresAt?.ToUniversalTime());
    }

    private QuotaPeriod ReadPeriod(LimitDocument limit, string path)
    {
        if (QuotaPeriodNames.Find(limit.Period) is not { } kind)
        {
            mistakes.Add($"{path}.period", limit.Period, $"write one of {QuotaPeriodNames.All}");
            return new QuotaPeriod(QuotaPeriodKind.None);
        }

        if (limit.Zone is { } zone && !QuotaPeriodNames.HasZone(kind))
            mistakes.Add($"{path}.zone", zone, "leave it out: only day, week and month have a zone");
        else if (limit.Zone is not null && !IsZone(limit.Zone))
            mistakes.Add($"{path}.zone", limit.Zone, "write a time zone's IANA name that this machine knows, such as Europe/Berlin");
        return kind == QuotaPeriodKind.Rolling ? ReadRolling(limit, path) : ReadCalendar(limit, kind, path);
    }

    private QuotaPeriod ReadCalendar(LimitDocument limit, QuotaPeriodKind kind, string path)
    {
        if (limit.LengthSeconds is { } length)
            mistakes.Add($"{path}.length_seconds", length, "leave it out: only rolling has a length");
        if (limit.StepSeconds is { } step)
            mistakes.Add($"{path}.step_seconds", step, "leave it out: only rolling has a step");
        return new QuotaPeriod(kind, limit.Zone ?? "UTC");
    }

    private QuotaPeriod ReadRolling(LimitDocument limit, string path)
    {
        var (length, step) = (limit.LengthSeconds ?? 0, limit.StepSeconds ?? 0);
        if (length < 1 || length > MaxLengthSeconds)
            mistakes.Add($"{path}.length_seconds", limit.LengthSeconds, $"write whole seconds from 1 to {MaxLengthSeconds}");
        else if (step < 1 || step > length || length / step > MaxSlots)
            mistakes.Add($"{path}.step_seconds", limit.StepSeconds, $"write whole seconds from {(length + MaxSlots - 1) / MaxSlots} to {length}");
        return new QuotaPeriod(QuotaPeriodKind.Rolling, Length: TimeSpan.FromSeconds(Math.Clamp(length, 0, MaxLengthSeconds)), Step: TimeSpan.FromSeconds(Math.Clamp(step, 0, MaxLengthSeconds)));
    }

    private IReadOnlyList<int> ReadThresholds(IReadOnlyList<int>? thresholds, string path)
    {
        if (thresholds is null)
            return DefaultThresholds;
        var isAscending = thresholds.Zip(thresholds.Skip(1)).All(pair => pair.First < pair.Second);
        if (thresholds.Count > MaxThresholds || !isAscending || thresholds.Any(percent => percent is < 1 or > 1000))
        {
            mistakes.Add(
                $"{path}.thresholds", $"[{string.Join(", ", thresholds)}]",
                $"write up to {MaxThresholds} whole percents from 1 to 1000, ascending, each once");
        }

        return thresholds;
    }

    // The class takes a name for a path below the zone files.
    private static bool IsZone(string zone) =>
        zone.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);
}
