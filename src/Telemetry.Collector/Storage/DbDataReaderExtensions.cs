using System.Data.Common;

namespace Telemetry.Collector.Storage;

/// <summary>Values that may be absent.</summary>
internal static class DbDataReaderExtensions
{
    public static string? GetText(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    // DuckDB's TIMESTAMP carries no zone, and ClickHouse's are all of UTC: ours hold UTC by convention of the schema.
    public static DateTimeOffset? GetUtc(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : new DateTimeOffset(reader.GetDateTime(ordinal), TimeSpan.Zero);

    public static double? GetNumber(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDouble(ordinal);
}
