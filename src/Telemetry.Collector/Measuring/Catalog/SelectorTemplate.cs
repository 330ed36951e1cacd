using System.Diagnostics.CodeAnalysis;
using System.Text;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>
/// A PromQL selector with placeholders in its label values, such as <c>node_uname_info{nodename="{node}"}</c>. Immutable. It
/// is taken apart when it is read and put together by <see cref="PrometheusSelector"/>, which escapes every value: what a
/// placeholder stands for is never parsed, so it cannot break out.
/// </summary>
public sealed class SelectorTemplate
{
    private readonly string _text;
    private readonly string _metric;
    private readonly IReadOnlyList<SelectorMatcher> _matchers;

    internal SelectorTemplate(string text, string metric, IReadOnlyList<SelectorMatcher> matchers) =>
        (_text, _metric, _matchers) = (text, metric, matchers);

    /// <summary>The placeholders that there are.</summary>
    public static IReadOnlySet<string> Placeholders { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "node", "pod", "task_id", "user_id", "model", "tenant_id", "vm_type", "kind" };

    /// <summary>Reads a template.</summary>
    /// <param name="text">As it stands in the catalog.</param>
    /// <param name="template">The template, where it is right.</param>
    /// <param name="fault">What to write instead, where it is wrong.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out SelectorTemplate? template, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        (template, fault) = (null, null);
        try
        {
            template = new SelectorParser(text).Parse();
            return true;
        }
        catch (FormatException exception)
        {
            fault = exception.Message;
            return false;
        }
    }

    /// <summary>The selector with the placeholders' values.</summary>
    /// <param name="values">By placeholder; one that is absent or empty makes the selector impossible.</param>
    /// <param name="selector">The selector.</param>
    /// <param name="missing">The first placeholder without a value.</param>
    public bool TryRender(
        IReadOnlyDictionary<string, string> values,
        [NotNullWhen(true)] out PrometheusSelector? selector,
        [NotNullWhen(false)] out string? missing)
    {
        ArgumentNullException.ThrowIfNull(values);
        (selector, missing) = (null, null);
        var rendered = PrometheusSelector.For(_metric);
        foreach (var matcher in _matchers)
        {
            var value = new StringBuilder();
            foreach (var (text, isPlaceholder) in matcher.Parts)
            {
                if (!isPlaceholder)
                    value.Append(text);
                else if (values.TryGetValue(text, out var known) && known.Length > 0)
                    value.Append(known);
                else
                {
                    missing = text;
                    return false;
                }
            }

            rendered = rendered.Where(matcher.Label, matcher.Comparison, value.ToString());
        }

        selector = rendered;
        return true;
    }

    /// <summary>As it stands in the catalog.</summary>
    public override string ToString() => _text;
}
