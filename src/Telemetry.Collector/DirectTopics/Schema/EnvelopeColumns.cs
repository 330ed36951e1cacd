using Telemetry.Events;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>The columns that every landing table has beside its payload's. An attribute that is absent is an empty string.</summary>
internal static class EnvelopeColumns
{
    private const string Text = "String";
    private const string Name = "LowCardinality(String)";

    /// <summary>Attributes that are columns of text as they are: the column bears the attribute's name.</summary>
    public static IReadOnlyList<(string Attribute, string ClickHouse)> Attributes { get; } =
    [
        (EnvelopeAttributes.Id, Text),
        (EnvelopeAttributes.Type, Name),
        (EnvelopeAttributes.Source, Name),
        (EnvelopeAttributes.Subject, Text),
        (EnvelopeAttributes.PartitionKey, Text),
        (EnvelopeAttributes.TenantId, Name),
        (EnvelopeAttributes.NodeId, Name),
        (EnvelopeAttributes.VmType, Name),
        (EnvelopeAttributes.HostName, Name),
        (EnvelopeAttributes.StorageSize, Name),
        (EnvelopeAttributes.StorageType, Name),
        (EnvelopeAttributes.Producer, Name),
        (EnvelopeAttributes.TraceParent, Text),
    ];

    /// <summary>Attributes that a column makes more of than text.</summary>
    public static IReadOnlyList<(string Name, string ClickHouse, string DuckDb)> Typed { get; } =
    [
        (EnvelopeAttributes.Time, "DateTime64(3, 'UTC')", "TIMESTAMP"),
        (EnvelopeAttributes.Sequence, "UInt64", "UBIGINT"),
    ];

    /// <summary>Where the record stood, and the record itself.</summary>
    public static IReadOnlyList<(string Name, string ClickHouse, string DuckDb)> Record { get; } =
    [
        ("kafka_topic", Name, "VARCHAR"),
        ("kafka_partition", "Int32", "INTEGER"),
        ("kafka_offset", "Int64", "BIGINT"),
        ("kafka_time", "DateTime64(3, 'UTC')", "TIMESTAMP"),
        ("raw", "String CODEC(ZSTD(3))", "BLOB"),
    ];

    /// <summary>Whether a payload's field would hide one of these.</summary>
    public static bool IsTaken(string column) =>
        Attributes.Any(attribute => attribute.Attribute == column) ||
        Typed.Concat(Record).Any(taken => taken.Name == column);
}
