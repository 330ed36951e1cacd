using System.Diagnostics.CodeAnalysis;
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
            if (!matcher.TryRender(values, out var value, out missing))
                return false;
            rendered = rendered.Where(matcher.Label, matcher.Comparison, value);
        }

        selector = rendered;
        return true;
    }

    /// <summary>One selector for several runs of a node.</summary>
    /// <param name="runs">The placeholders' values of each run; at least one.</param>
    /// <returns>Null where the template has not one equality with something of a run's own, or no run has a value for it.</returns>
    internal SharedSelector? RenderAny(IReadOnlyList<IReadOnlyDictionary<string, string>> runs)
    {
        if (_matchers.Where(matcher => matcher.IsOfRun).ToList() is not [{ Comparison: LabelComparison.Equal } own])
            return null;
        string? ValueOf(IReadOnlyDictionary<string, string> run) => own.TryRender(run, out var value, out _) ? value : null;
        var values = runs.Select(ValueOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (values.Count == 0)
            return null;
        var rendered = PrometheusSelector.For(_metric);
        foreach (var matcher in _matchers)
        {
            if (matcher == own)
                rendered = rendered.WhereAny(own.Label, values);
            else if (matcher.TryRender(runs[0], out var value, out _))
                rendered = rendered.Where(matcher.Label, matcher.Comparison, value);
            else
                return null;
        }

        return new SharedSelector(rendered, own.Label, ValueOf);
    }

    /// <summary>As it stands in the catalog.</summary>
    public override string ToString() => _text;
}
