using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Telemetry.Collector.Prometheus;

/// <summary>
/// A PromQL selector such as <c>node_load1{instance="a:9100"}</c>. Immutable. Label values may come from anywhere: they
/// are escaped, so that none can end its literal; only a comparison by expression of the catalog's own reads one as anything but
/// itself.
/// </summary>
public sealed partial class PrometheusSelector
{
    private static readonly SearchValues<char> NeedEscaping = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', '\u007f', '\ufffd']);

    // What means anything but itself in an RE2 expression.
    private static readonly SearchValues<char> ExpressionSigns = SearchValues.Create("\\.+*?()|[]{}^$");

    private readonly string _metric;
    private readonly string _matchers;

    private PrometheusSelector(string metric, string matchers) => (_metric, _matchers) = (metric, matchers);

    /// <summary>Selects every series of a metric.</summary>
    /// <exception cref="ArgumentException"><paramref name="metric"/> is no metric name.</exception>
    public static PrometheusSelector For(string metric)
    {
        if (!MetricName().IsMatch(metric))
            throw new ArgumentException($"'{metric}' is no metric name: use letters, digits, '_' and ':'.", nameof(metric));
        return new PrometheusSelector(metric, "");
    }

    /// <summary>Keeps the series whose label has this value; an empty value means that the label is absent.</summary>
    /// <exception cref="ArgumentException"><paramref name="label"/> is no label name.</exception>
    public PrometheusSelector Where(string label, string value) => Where(label, LabelComparison.Equal, value);

    /// <summary>Leaves out the series whose label has this value.</summary>
    /// <exception cref="ArgumentException"><paramref name="label"/> is no label name.</exception>
    public PrometheusSelector WhereNot(string label, string value) => Where(label, LabelComparison.NotEqual, value);

    /// <summary>Keeps the series whose label has one of these values, which are taken literally.</summary>
    /// <exception cref="ArgumentException"><paramref name="label"/> is no label name, or there is no value.</exception>
    public PrometheusSelector WhereAny(string label, IReadOnlyCollection<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("No value is there to be kept.", nameof(values));
        // Prometheus takes an alternation of literals apart again and looks each up, as it does for equality.
        return values.Count == 1 ? Where(label, values.First()) : Where(label, LabelComparison.Matches, string.Join('|', values.Select(Literal)));
    }

    /// <summary>The selector in PromQL.</summary>
    public override string ToString() => _matchers.Length == 0 ? _metric : $"{_metric}{{{_matchers}}}";

    internal PrometheusSelector Where(string label, LabelComparison comparison, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!LabelName().IsMatch(label))
            throw new ArgumentException($"'{label}' is no label name: use letters, digits and '_'.", nameof(label));
        var matcher = $"{label}{comparison.Text()}\"{Escape(value)}\"";
        return new PrometheusSelector(_metric, _matchers.Length == 0 ? matcher : $"{_matchers},{matcher}");
    }

    private static string Literal(string value)
    {
        if (!value.AsSpan().ContainsAny(ExpressionSigns))
            return value;
        var literal = new StringBuilder(value.Length + 8);
        foreach (var sign in value)
        {
            if (ExpressionSigns.Contains(sign))
                literal.Append('\\');
            literal.Append(sign);
        }

        return literal.ToString();
    }

    private static string Escape(string value)
    {
        if (!value.AsSpan().ContainsAny(NeedEscaping) && !value.Any(char.IsSurrogate))
            return value;

        var escaped = new StringBuilder(value.Length + 8);
        // A lone surrogate comes out of EnumerateRunes as U+FFFD, which Prometheus' lexer refuses in its raw form.
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                escaped.Append('\\').Append((char)rune.Value);
            else if (rune.Value is < 0x20 or 0x7f or 0xfffd)
                escaped.Append("\\u").Append(rune.Value.ToString("x4", null));
            else
                escaped.Append(rune.ToString());
        }

        return escaped.ToString();
    }

    [GeneratedRegex(@"\A[a-zA-Z_:][a-zA-Z0-9_:]*\z")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\A[a-zA-Z_][a-zA-Z0-9_]*\z")]
    private static partial Regex LabelName();
}
