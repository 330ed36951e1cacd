using System.Text.RegularExpressions;
using Telemetry.Events.Analyzers.Naming;

namespace Telemetry.Events.CodeFixes;

/// <summary>Makes an event's name of a text that is none, where one can be made.</summary>
internal static class NameSuggestions
{
    private static readonly char[] PartSeparators = ['.', '/', '\\', ':'];

    /// <summary>The most likely one first: with the humps of <c>LoadStart</c> kept apart, then merely in lower case.</summary>
    public static IEnumerable<string> For(string text) =>
        new[] { Join(Parts(text), part => SnakeCase.From(part)), Join(Parts(text), part => part.ToLowerInvariant()) }
            .Where(name => name != text && EventNameRules.Check(name.AsSpan(), out _) == EventNameRule.None)
            .Distinct();

    private static List<string> Parts(string text)
    {
        var parts = Split(text, PartSeparators);
        if (parts.Count >= EventNameRules.MinParts)
            return parts;

        // Too few: whatever else tells words apart separates them too.
        IEnumerable<List<string>> readings =
        [
            Split(text, [.. PartSeparators, ' ', '\t', ',', ';', '>']),
            [.. parts.SelectMany(part => Split(SnakeCase.From(part, '.'), PartSeparators))],
            Split(text, [.. PartSeparators, '_']),
            Split(text, [.. PartSeparators, '-']),
        ];
        return readings.FirstOrDefault(reading => reading.Count >= EventNameRules.MinParts) ?? parts;
    }

    private static List<string> Split(string text, char[] separators) =>
        [.. text.Split(separators).Select(part => part.Trim()).Where(part => part.Length > 0)];

    private static string Join(List<string> parts, Func<string, string> lowered)
    {
        var clean = parts.Select(part => Clean(lowered(part))).ToList();
        var note = string.Join("_", clean.Skip(EventNameRules.MinParts));
        return string.Join(".", clean.Take(EventNameRules.MinParts).Append(note).Where(part => part.Length > 0));
    }

    private static string Clean(string part) => Regex.Replace(part, "[^a-z0-9_-]+|__+", "_").Trim('_', '-');
}
