using System.Globalization;

namespace Telemetry.Events;

/// <summary>Why a text is not an event name: the broken rule, where, and a sentence that says what to write instead.</summary>
public readonly record struct EventNameError
{
    // A refused name may be anything, and as long as it likes; what is quoted of it is neither.
    private const int QuotedLength = 64;

    private readonly string? _name;

    internal EventNameError(EventNameRule rule, string? name, int position)
    {
        Rule = rule;
        _name = name;
        Position = position;
    }

    /// <summary>The first rule that the text breaks; <see cref="EventNameRule.None"/> for an error that is none.</summary>
    public EventNameRule Rule { get; }

    /// <summary>Index of the offending character, or of the first character of the offending part.</summary>
    public int Position { get; }

    /// <summary>One or two sentences: the cause and the fix. Control characters of the name are shown as <c>\uXXXX</c>.</summary>
    public string Message => Rule switch
    {
        EventNameRule.None => "The event name is valid.",
        EventNameRule.Empty => "The event name is empty. " + Shape,
        EventNameRule.TooLong =>
            $"The event name {Quote(_name)} has {_name!.Length} characters; {EventName.MaxLength} is the most.",
        EventNameRule.PartCount =>
            $"The event name {Quote(_name)} has {_name!.Split('.').Length} parts; it takes 3 or 4. {Shape}",
        EventNameRule.EmptyPart =>
            $"The event name {Quote(_name)} has an empty part at character {Position + 1}. {Shape}",
        EventNameRule.UpperCase =>
            $"The event name {Quote(_name)} has an upper-case letter, '{_name![Position]}', at character {Position + 1}; " +
            $"write {Quote(_name.ToLowerInvariant())}.",
        EventNameRule.PartStart =>
            $"In the event name {Quote(_name)} the part {Quote(Part)} begins with {Quote(_name![Position].ToString())}; " +
            "a part begins with a letter a-z.",
        _ =>
            $"In the event name {Quote(_name)} the part {Quote(Part)} has the character {Quote(_name![Position].ToString())}; " +
            "a part takes a-z, 0-9, '_' and '-'.",
    };

    private static string Shape => "A name reads system.component.action or system.component.action.note, as in xumi.weights.load.start.";

    private string Part
    {
        get
        {
            var start = Position == 0 ? 0 : _name!.LastIndexOf('.', Position - 1) + 1;
            var end = _name!.IndexOf('.', Position);
            return end < 0 ? _name[start..] : _name[start..end];
        }
    }

    /// <summary><see cref="Message"/>.</summary>
    public override string ToString() => Message;

    private static string Quote(string? text)
    {
        text ??= "";
        var shown = text.Length <= QuotedLength ? text : text[..QuotedLength] + "…";
        return "'" + string.Concat(shown.Select(Printable)) + "'";
    }

    private static string Printable(char c) => char.IsControl(c) || char.IsSurrogate(c)
        ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)
        : c.ToString();
}
