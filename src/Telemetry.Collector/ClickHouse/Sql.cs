namespace Telemetry.Collector.ClickHouse;

/// <summary>Quotes what becomes a part of a statement's text. Values that come from outside are parameters wherever ClickHouse takes them.</summary>
internal static class Sql
{
    public static string Identifier(string name) =>
        "`" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal) + "`";

    public static string Literal(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
