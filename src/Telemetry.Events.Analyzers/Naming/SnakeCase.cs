using System.Text;

namespace Telemetry.Events.Analyzers.Naming;

/// <summary>Turns the humps of a C# name into underscores, as <c>JsonNamingPolicy.SnakeCaseLower</c> does.</summary>
internal static class SnakeCase
{
    public static string From(string name, char separator = '_')
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (BeginsWord(name, i))
                text.Append(separator);
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>Whether the text is <c>[a-z][a-z0-9_]*</c>, what a field's name must be.</summary>
    public static bool IsFieldName(string name) =>
        name.Length > 0
        && name[0] is >= 'a' and <= 'z'
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    // "TaskId" splits before I; "GPUCount" before C, the last capital of a run that a small letter follows.
    private static bool BeginsWord(string name, int index)
    {
        if (index == 0 || !char.IsUpper(name[index]))
            return false;
        var previous = name[index - 1];
        return char.IsLower(previous)
            || char.IsDigit(previous)
            || (char.IsUpper(previous) && index + 1 < name.Length && char.IsLower(name[index + 1]));
    }
}
