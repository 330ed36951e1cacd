using System.Diagnostics.CodeAnalysis;
using System.Text;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>One matcher of a <see cref="SelectorTemplate"/>.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Parts">Its value: texts and names of placeholders, to be joined.</param>
internal sealed record SelectorMatcher(
    string Label, LabelComparison Comparison, IReadOnlyList<(string Text, bool IsPlaceholder)> Parts)
{
    private const string Node = "node";

    /// <summary>Whether its value is another one for each run of a node.</summary>
    public bool IsOfRun => Parts.Any(part => part is { IsPlaceholder: true, Text: not Node });

    /// <summary>Its value with the placeholders' values.</summary>
    /// <param name="values">By placeholder; one that is absent or empty makes the matcher impossible.</param>
    /// <param name="value">The value.</param>
    /// <param name="missing">The first placeholder without a value.</param>
    public bool TryRender(
        IReadOnlyDictionary<string, string> values, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? missing)
    {
        (value, missing) = (null, null);
        var rendered = new StringBuilder();
        foreach (var (text, isPlaceholder) in Parts)
        {
            if (!isPlaceholder)
                rendered.Append(text);
            else if (values.TryGetValue(text, out var known) && known.Length > 0)
                rendered.Append(known);
            else
            {
                missing = text;
                return false;
            }
        }

        value = rendered.ToString();
        return true;
    }
}
