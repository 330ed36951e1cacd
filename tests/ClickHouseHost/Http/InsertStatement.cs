using System.Text;
using System.Text.RegularExpressions;

namespace Telemetry.ClickHouseHost.Http;

/// <summary>Tells an INSERT's statement from the data that follows it.</summary>
/// <remarks>
/// The embedded engine reads data behind a statement as a part of the query's text, and silently stops inside it; from a file it reads
/// all of it. A server reads it from the connection.
/// </remarks>
internal static partial class InsertStatement
{
    private const int MaxStatementBytes = 64 * 1024;

    /// <summary>Where the data begins, and the statement up to FORMAT and the format's name; null where no data follows.</summary>
    public static (int DataStart, string Into, string Format)? Split(ReadOnlySpan<byte> query)
    {
        // Latin-1 keeps a byte a character, so that positions are the same.
        var text = Encoding.Latin1.GetString(query[..Math.Min(query.Length, MaxStatementBytes)]);
        if (Pattern().Match(text) is not { Success: true } match || match.Length == query.Length)
            return null;
        var statement = Encoding.UTF8.GetString(query[..match.Groups["into"].Length]);
        return (match.Length, statement, match.Groups["format"].Value);
    }

    [GeneratedRegex(@"^(?<into>\s*INSERT\s+INTO\s.*?)\sFORMAT\s+(?<format>(?!Values\b)\w+)\s*?\r?\n", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
