using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Telemetry.Events.Envelope;

/// <summary>
/// What a CloudEvents string attribute may hold: no control character, no noncharacter, no lone surrogate (CloudEvents 1.0,
/// "Type System"). A conforming parser throws the whole event away for one of these, so each is replaced by U+FFFD.
/// </summary>
internal static class AttributeText
{
    // Nearly every subject and key is of these; they are let through without a look at each character.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/@ ");

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text) =>
        text is null || text.AsSpan().IndexOfAnyExcept(Plain) < 0 ? text : Replace(text);

    private static string Replace(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Enumerating runes already turns a lone surrogate into U+FFFD.
        foreach (var rune in text.EnumerateRunes())
            clean.Append((IsAllowed(rune.Value) ? rune : Rune.ReplacementChar).ToString());
        return clean.ToString();
    }

    private static bool IsAllowed(int value) =>
        value is >= 0x20 and not (>= 0x7F and <= 0x9F) and not (>= 0xFDD0 and <= 0xFDEF) && (value & 0xFFFE) != 0xFFFE;
}
