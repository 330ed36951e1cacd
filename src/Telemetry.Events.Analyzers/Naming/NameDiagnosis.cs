using System.Globalization;
using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Naming;

/// <summary>Says by which rule a text is not an event name; one diagnostic a rule.</summary>
internal static class NameDiagnosis
{
    // A refused name may be as long as it likes; what is quoted of it is not.
    private const int QuotedLength = 64;

    /// <returns>Null where the text is a name.</returns>
    public static Diagnostic? Of(string name, Location location)
    {
        var rule = EventNameRules.Check(name.AsSpan(), out var position);
        return rule switch
        {
            EventNameRule.None => null,
            EventNameRule.Empty => Diagnostic.Create(NameRules.NameEmpty, location),
            EventNameRule.TooLong => Diagnostic.Create(NameRules.NameTooLong, location, Quoted(name), name.Length),
            EventNameRule.PartCount =>
                Diagnostic.Create(NameRules.NamePartCount, location, Quoted(name), name.Split('.').Length),
            EventNameRule.EmptyPart => Diagnostic.Create(NameRules.NameEmptyPart, location, Quoted(name), position + 1),
            EventNameRule.UpperCase =>
                Diagnostic.Create(NameRules.NameUpperCase, location, Quoted(name), name[position], position + 1),
            EventNameRule.PartStart => OfPart(NameRules.NamePartStart, name, position, location),
            _ => OfPart(NameRules.NameCharacter, name, position, location),
        };
    }

    private static Diagnostic OfPart(DiagnosticDescriptor rule, string name, int position, Location location)
    {
        var start = position == 0 ? 0 : name.LastIndexOf('.', position - 1) + 1;
        var end = name.IndexOf('.', position);
        var part = end < 0 ? name.Substring(start) : name.Substring(start, end - start);
        return Diagnostic.Create(rule, location, Quoted(name), Quoted(part), Quoted(name[position].ToString()));
    }

    private static string Quoted(string text)
    {
        var shown = text.Length <= QuotedLength ? text : text.Substring(0, QuotedLength) + "…";
        return string.Concat(shown.Select(Printable));
    }

    private static string Printable(char c) => char.IsControl(c) || char.IsSurrogate(c)
        ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture)
        : c.ToString();
}
