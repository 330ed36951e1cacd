using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>One matcher of a <see cref="SelectorTemplate"/>.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Parts">Its value: texts and names of placeholders, to be joined.</param>
internal sealed record SelectorMatcher(
    string Label, LabelComparison Comparison, IReadOnlyList<(string Text, bool IsPlaceholder)> Parts);
