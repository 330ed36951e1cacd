using System.Text;
using System.Text.RegularExpressions;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>Reads the part of PromQL's grammar that a <see cref="SelectorTemplate"/> consists of; nothing else gets through.</summary>
internal sealed class SelectorParser(string text)
{
    private int _position;

    /// <exception cref="FormatException">It is no such selector; the message is the fix.</exception>
    public SelectorTemplate Parse()
    {
        Skip();
        var metric = Name(allowColon: true, "a metric's name");
        List<SelectorMatcher> matchers = [];
        if (Take('{'))
        {
            while (!Take('}'))
            {
                matchers.Add(Matcher());
                if (!Take(','))
                {
                    Expect('}');
                    break;
                }
            }
        }

        if (_position < text.Length)
            throw Fault("end the selector");
        return new SelectorTemplate(text, metric, matchers);
    }

    private SelectorMatcher Matcher()
    {
        var label = Name(allowColon: false, "a label's name");
        if (label == "__name__")
            throw Fault("put the metric's name in front of the matchers, not into one, and end the label");
        var comparison = Comparison();
        var value = Literal();
        if (comparison is LabelComparison.Equal or LabelComparison.NotEqual)
            return new SelectorMatcher(label, comparison, Parts(value));

        try
        {
            // Prometheus' expressions are RE2, whose kind of expression .NET calls non-backtracking.
            _ = new Regex(value, RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"write a regular expression as RE2 has them ({exception.Message.TrimEnd('.')})");
        }

        return new SelectorMatcher(label, comparison, [(value, false)]);
    }

    private LabelComparison Comparison()
    {
        foreach (var comparison in Enum.GetValues<LabelComparison>().OrderByDescending(one => one.Text().Length))
        {
            if (!text.AsSpan(_position).StartsWith(comparison.Text(), StringComparison.Ordinal))
                continue;
            _position += comparison.Text().Length;
            Skip();
            return comparison;
        }

        throw Fault("write =, !=, =~ or !~");
    }

    private string Literal()
    {
        if (_position == text.Length || text[_position] != '"')
            throw Fault("write the label's value in double quotes");
        var value = new StringBuilder();
        for (_position++; _position < text.Length; _position++)
        {
            var character = text[_position];
            if (character == '"')
            {
                _position++;
                Skip();
                return value.ToString();
            }

            if (character == '\\')
            {
                _position++;
                character = _position < text.Length ? text[_position] : '\0';
                if (character is not ('"' or '\\'))
                    throw Fault("escape nothing but \\\" and \\\\");
            }

            value.Append(character);
        }

        throw Fault("close the double quotes");
    }

    private static List<(string Text, bool IsPlaceholder)> Parts(string value)
    {
        List<(string, bool)> parts = [];
        for (var position = 0; position < value.Length;)
        {
            var open = value.IndexOf('{', position);
            if (open != position)
            {
                var end = open < 0 ? value.Length : open;
                parts.Add((value[position..end], false));
                position = end;
                continue;
            }

            var close = value.IndexOf('}', open);
            var name = close < 0 ? value[open..] : value[(open + 1)..close];
            if (close < 0 || !SelectorTemplate.Placeholders.Contains(name))
            {
                throw new FormatException(
                    $"'{name}' is no placeholder: write one of {string.Join(", ", SelectorTemplate.Placeholders.Select(one => $"{{{one}}}"))}");
            }

            parts.Add((name, true));
            position = close + 1;
        }

        return parts;
    }

    private string Name(bool allowColon, string what)
    {
        var start = _position;
        while (_position < text.Length && (char.IsAsciiLetter(text[_position]) || text[_position] == '_'
            || (allowColon && text[_position] == ':') || (_position > start && char.IsAsciiDigit(text[_position]))))
            _position++;
        if (_position == start)
            throw Fault($"write {what}");
        var name = text[start.._position];
        Skip();
        return name;
    }

    private bool Take(char character)
    {
        if (_position >= text.Length || text[_position] != character)
            return false;
        _position++;
        Skip();
        return true;
    }

    private void Expect(char character)
    {
        if (!Take(character))
            throw Fault($"write '{character}'");
    }

    private void Skip()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\n' or '\r')
            _position++;
    }

    private FormatException Fault(string fix) => new($"{fix} at character {_position + 1}");
}
