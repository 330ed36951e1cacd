namespace Telemetry.Collector.Prometheus;

/// <summary>PromQL's signs.</summary>
internal static class LabelComparisonText
{
    public static string Text(this LabelComparison comparison) => comparison switch
    {
        LabelComparison.Equal => "=",
        LabelComparison.NotEqual => "!=",
        LabelComparison.Matches => "=~",
        LabelComparison.NotMatches => "!~",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}
