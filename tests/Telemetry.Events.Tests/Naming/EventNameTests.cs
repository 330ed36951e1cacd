using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Telemetry.Events.Tests.Naming;

public class EventNameTests
{
    [Theory]
    [InlineData("xumi.weights.load", "xumi", "weights", "load", "")]
    [InlineData("xumi.weights.load.start", "xumi", "weights", "load", "start")]
    [InlineData("a.b-1.c_2.d", "a", "b-1", "c_2", "d")]
    public void A_name_is_taken_apart_into_its_parts(string text, string system, string component, string action, string note)
    {
        var name = EventName.Parse(text);

        Assert.Equal(text, name.Value);
        Assert.Equal(system, name.System.ToString());
        Assert.Equal(component, name.Component.ToString());
        Assert.Equal(action, name.Action.ToString());
        Assert.Equal(note, name.Note.ToString());
    }

    [Theory]
    [InlineData("", EventNameRule.Empty, 0)]
    [InlineData(null, EventNameRule.Empty, 0)]
    [InlineData("xumi.weights", EventNameRule.PartCount, 5)]
    [InlineData("xumi.weights.load.start.now", EventNameRule.PartCount, 24)]
    [InlineData("xumi..load", EventNameRule.EmptyPart, 5)]
    [InlineData(".xumi.load", EventNameRule.EmptyPart, 0)]
    [InlineData("xumi.weights.load.", EventNameRule.EmptyPart, 18)]
    [InlineData("xumi.Weights.load", EventNameRule.UpperCase, 5)]
    [InlineData("xumi.weighTs.load", EventNameRule.UpperCase, 10)]
    [InlineData("xumi.Ünit.load", EventNameRule.UpperCase, 5)]
    [InlineData("xumi.1weights.load", EventNameRule.PartStart, 5)]
    [InlineData("xumi._weights.load", EventNameRule.PartStart, 5)]
    [InlineData("xumi.weights load", EventNameRule.Character, 12)]
    [InlineData("xumi.größe.load", EventNameRule.Character, 7)]
    public void A_broken_rule_is_named_with_its_place(string? text, EventNameRule rule, int position)
    {
        Assert.False(EventName.TryParse(text, out var name, out var error));
        Assert.Equal(rule, error.Rule);
        Assert.Equal(position, error.Position);
        Assert.True(name.IsEmpty);
    }

    [Theory]
    [InlineData("xumi.Weights.load", "has an upper-case letter, 'W', at character 6; write 'xumi.weights.load'")]
    [InlineData("xumi.weights", "has 2 parts; it takes 3 or 4")]
    [InlineData("a.b.c.d.e", "has 5 parts; it takes 3 or 4")]
    [InlineData("xumi.wei ghts.load", "the part 'wei ghts' has the character ' '")]
    [InlineData("xumi.9.load", "the part '9' begins with '9'; a part begins with a letter a-z")]
    [InlineData("xumi.a\n.load", "has the character '\\u000a'")]
    public void The_message_names_the_cause_and_the_fix(string text, string expected)
    {
        var exception = Assert.Throws<FormatException>(() => EventName.Parse(text));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_name_has_128_characters()
    {
        var longest = "a.b." + new string('c', 124);

        Assert.True(EventName.TryParse(longest, out _));
        Assert.False(EventName.TryParse(longest + "c", out _, out var error));
        Assert.Equal("TooLong", error.Rule.ToString());
        Assert.Contains("has 129 characters; 128 is the most", error.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 2000)]
    public void Every_text_parses_and_round_trips_or_is_refused_with_a_reason(NonNull<string> text)
    {
        if (EventName.TryParse(text.Get, out var name, out var error))
        {
            Assert.Equal(text.Get, name.ToString());
            Assert.Equal(name, EventName.Parse(name.Value));
        }
        else
        {
            Assert.NotEqual(EventNameRule.None, error.Rule);
            Assert.NotEmpty(error.Message);
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }

    [Property]
    public Property Every_text_of_the_grammar_is_a_name()
    {
        var first = Gen.Elements("abcxyz".ToCharArray());
        var rest = Gen.Elements("abcxyz0189_-".ToCharArray()).ArrayOf(5);
        var part = first.SelectMany(_ => rest, (head, tail) => head + new string(tail));
        var names = Gen.Choose(3, 4).SelectMany(count => part.ListOf(count), (_, parts) => string.Join('.', parts));

        return Prop.ForAll(names.ToArbitrary(), name => EventName.TryParse(name, out var parsed) && parsed.Value == name);
    }
}
