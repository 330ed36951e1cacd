namespace Telemetry.Events;

/// <summary>
/// The one place that knows the grammar: three or four parts <c>[a-z][a-z0-9_-]*</c> joined by dots, 128 characters at
/// most. The analyzer compiles this same file, so that build and run time cannot disagree; it therefore uses nothing that
/// netstandard2.0 lacks.
/// </summary>
internal static class EventNameRules
{
    public const int MaxLength = 128;
    public const int MinParts = 3;
    public const int MaxParts = 4;

    /// <summary>Finds the first broken rule, reading from the left; the number of parts is judged last.</summary>
    /// <param name="name">The name to check.</param>
    /// <param name="position">Index of the offending character, or of the offending part's first one.</param>
    public static EventNameRule Check(ReadOnlySpan<char> name, out int position)
    {
        position = 0;
        if (name.IsEmpty)
            return EventNameRule.Empty;
        if (name.Length > MaxLength)
            return EventNameRule.TooLong;

        var parts = 1;
        var partStart = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            position = i;
            if (c == '.')
            {
                if (i == partStart)
                    return EventNameRule.EmptyPart;
                parts++;
                partStart = i + 1;
            }
            else if (c is < 'a' or > 'z')
            {
                // A capital is judged before its place, so that "Xumi" is told about its X and not about its start.
                if (char.IsUpper(c))
                    return EventNameRule.UpperCase;
                if (i == partStart)
                    return EventNameRule.PartStart;
                if (c is not ((>= '0' and <= '9') or '_' or '-'))
                    return EventNameRule.Character;
            }
        }

        position = partStart;
        if (partStart == name.Length)
            return EventNameRule.EmptyPart;
        if (parts is < MinParts or > MaxParts)
            return EventNameRule.PartCount;
        return EventNameRule.None;
    }
}
