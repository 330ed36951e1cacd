using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>A limit as it is written: in the file, in the API and in the state log. quota-limits.schema.json says what each member means.</summary>
/// <param name="Amount">The allowance of each period; zero or more.</param>
/// <param name="Period">month, week, day, rolling or none.</param>
/// <param name="Zone">Of month, week and day: an IANA name; default UTC.</param>
/// <param name="LengthSeconds">Of rolling: how far back it reaches.</param>
/// <param name="StepSeconds">Of rolling: in which steps it moves.</param>
/// <param name="Enforcement">hard (the default) or soft.</param>
/// <param name="Thresholds">Percents, ascending; default 80 and 100.</param>
internal sealed record LimitDocument(
    QuotaAmount? Amount,
    string? Period,
    string? Zone,
    long? LengthSeconds,
    long? StepSeconds,
    string? Enforcement,
    IReadOnlyList<int>? Thresholds)
{
    public static LimitDocument From(QuotaLimit limit)
    {
        var isRolling = limit.Period.Kind == QuotaPeriodKind.Rolling;
        return new(
            limit.Amount,
            QuotaPeriodNames.Of(limit.Period.Kind),
            QuotaPeriodNames.HasZone(limit.Period.Kind) ? limit.Period.Zone : null,
            isRolling ? (long)limit.Period.Length.TotalSeconds : null,
            isRolling ? (long)limit.Period.Step.TotalSeconds : null,
            limit.IsHard ? "hard" : "soft",
            limit.Thresholds);
    }
}
