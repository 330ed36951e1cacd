using System.Text;
using FsCheck.Xunit;
using Telemetry.Collector.Measuring.Catalog;

namespace Telemetry.Collector.Tests.Measuring.Catalog;

/// <summary>Whatever stands for a placeholder is a value and stays one.</summary>
public class SelectorTemplateProperties
{
    private const string Template = "node_uname_info{nodename=\"a{node}z\",job!=\"{user_id}\",os=~\"linux|bsd\"}";

    [Property(MaxTest = 2000)]
    public void A_value_comes_back_whole_from_the_literal_it_was_put_into(string? node, string? user)
    {
        if (string.IsNullOrEmpty(node) || string.IsNullOrEmpty(user))
            return;

        var matchers = Matchers(Render(node, user));

        Assert.Equal(
            [("nodename", "=", Valid($"a{node}z")), ("job", "!=", Valid(user)), ("os", "=~", "linux|bsd")],
            matchers);
    }

    [Theory]
    [InlineData("\"} or up{job=\"x")]
    [InlineData("{user_id}")]
    [InlineData("\\")]
    [InlineData("\\\"")]
    [InlineData(".*")]
    [InlineData("\n\r\t\0\u2028")]
    [InlineData("#")]
    public void What_looks_like_a_way_out_is_none(string node) =>
        Assert.Equal(("nodename", "=", $"a{node}z"), Matchers(Render(node, "u"))[0]);

    [Property(MaxTest = 2000)]
    public void Whatever_is_written_in_a_catalog_is_a_selector_or_a_mistake(string? text)
    {
        var isRight = SelectorTemplate.TryParse(text ?? "", out var template, out var fault);

        Assert.Equal(isRight, template is not null);
        Assert.NotEqual(isRight, fault is not null);
    }

    [Fact]
    public void A_run_without_the_value_is_not_asked_for()
    {
        Assert.True(SelectorTemplate.TryParse(Template, out var template, out _));

        Assert.False(template.TryRender(new Dictionary<string, string> { ["node"] = "n", ["user_id"] = "" }, out _, out var missing));
        Assert.Equal("user_id", missing);
    }

    private static string Render(string node, string user)
    {
        Assert.True(SelectorTemplate.TryParse(Template, out var template, out var fault), fault);
        Assert.True(template.TryRender(
            new Dictionary<string, string> { ["node"] = node, ["user_id"] = user }, out var selector, out _));
        return selector.ToString();
    }

    // A text that is not valid UTF-16 reaches Prometheus as U+FFFD, as everywhere in UTF-8.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a selector back by PromQL's rules of double-quoted literals (those of Go).</summary>
    private static List<(string Label, string Sign, string Value)> Matchers(string selector)
    {
        var position = selector.IndexOf('{', StringComparison.Ordinal) + 1;
        List<(string, string, string)> matchers = [];
        while (selector[position] != '}')
        {
            var quote = selector.IndexOf('"', position);
            var sign = selector.IndexOfAny(['=', '!'], position);
            var (value, end) = Literal(selector, quote + 1);
            matchers.Add((selector[position..sign], selector[sign..quote], value));
            position = selector[end] == ',' ? end + 1 : end;
        }

        Assert.Equal(selector.Length - 1, position);
        return matchers;
    }

    private static (string Value, int End) Literal(string text, int position)
    {
        var value = new StringBuilder();
        for (; text[position] != '"'; position++)
        {
            Assert.True(text[position] >= ' ', "A control character stands in a literal.");
            if (text[position] != '\\')
            {
                value.Append(text[position]);
                continue;
            }

            position++;
            if (text[position] == 'u')
            {
                value.Append((char)Convert.ToInt32(text.Substring(position + 1, 4), 16));
                position += 4;
            }
            else
            {
                Assert.Contains(text[position], "\\\"");
                value.Append(text[position]);
            }
        }

        return (value.ToString(), position + 1);
    }
}
