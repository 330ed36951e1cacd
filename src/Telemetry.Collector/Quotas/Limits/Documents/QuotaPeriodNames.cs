using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>Kinds of periods as they are written.</summary>
internal static class QuotaPeriodNames
{
    private static readonly string[] Names = ["none", "day", "week", "month", "rolling"];

    public static string All { get; } = string.Join(", ", Names);

    public static string Of(QuotaPeriodKind kind) => Names[(int)kind];

    public static QuotaPeriodKind? Find(string? name) => Array.IndexOf(Names, name) is var index and >= 0 ? (QuotaPeriodKind)index : null;

    /// <summary>Whether it begins at a clock's midnight.</summary>
    public static bool HasZone(QuotaPeriodKind kind) => kind is QuotaPeriodKind.Day or QuotaPeriodKind.Week or QuotaPeriodKind.Month;
}
