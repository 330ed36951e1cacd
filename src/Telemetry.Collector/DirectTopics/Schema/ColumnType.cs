using Telemetry.Cli.Catalog;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>What a field's type is in a table, and what a producer must have written for it.</summary>
/// <param name="ClickHouse">The column's type in ClickHouse; always one that takes NULL, for an event without the field.</param>
/// <param name="DuckDb">The column's type in DuckDB.</param>
/// <param name="Json">What ClickHouse's <c>JSONType</c> may say of the value; empty for anything.</param>
/// <param name="Words">What a value must be, for the reason of a dead letter.</param>
internal sealed record ColumnType(string ClickHouse, string DuckDb, IReadOnlyList<string> Json, string Words)
{
    // 26 digits before the point and 12 behind it: credits are summed, and a sum of floating-point numbers depends on their order.
    public const string Decimal = "Decimal(38, 12)";

    public const int DecimalScale = 12;

    private const string Text = "Nullable(String)";
    private const string Name = "LowCardinality(Nullable(String))";

    // Fields with few values among many rows, whatever service they come from.
    private static readonly HashSet<string> Names = ["node", "model", "action", "outcome"];
    private static readonly HashSet<string> Decimals = ["credits"];

    /// <summary>Whether the column holds the value's JSON as text.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether the value is a decimal number.</summary>
    public bool IsDecimal { get; init; }

    /// <summary>Whether the value is a number of some kind.</summary>
    public bool IsNumber => Json.Contains("Int64");

    /// <summary>Whether the value is written as RFC 3339.</summary>
    public bool IsTime { get; init; }

    /// <exception cref="NotSupportedException">A newer generator has described the field.</exception>
    public static ColumnType Of(FieldDescription field) => field.Type.Kind switch
    {
        "string" => new(Names.Contains(field.Name) ? Name : Text, "VARCHAR", ["String"], "a string"),
        "uri" => new(Text, "VARCHAR", ["String"], "a string"),
        "enum" => new(Name, "VARCHAR", ["String"], "a string"),
        "boolean" => new("Nullable(Bool)", "BOOLEAN", ["Bool"], "true or false"),
        "integer" => new("Nullable(Int64)", "BIGINT", ["Int64", "UInt64"], "a whole number of 64 bits"),
        "unsigned_long" => new("Nullable(UInt64)", "UBIGINT", ["Int64", "UInt64"], "a whole number from 0 on, of 64 bits"),
        "number" when Decimals.Contains(field.Name) => new(
            $"Nullable({Decimal})", Decimal, ["Int64", "UInt64", "Double"], "a number of at most 26 digits before the point") { IsDecimal = true },
        "number" or "time_span" => new("Nullable(Float64)", "DOUBLE", ["Int64", "UInt64", "Double"], "a number"),
        "guid" => new("Nullable(UUID)", "UUID", ["String"], "a UUID of 36 characters"),
        "date_time_offset" or "date_time" => new("Nullable(DateTime64(6, 'UTC'))", "TIMESTAMP", ["String"], "an RFC 3339 time") { IsTime = true },
        "payload" => new(Text, "VARCHAR", ["Object"], "an object") { IsJson = true },
        "list" => new(Text, "VARCHAR", ["Array"], "an array") { IsJson = true },
        "json" => new(Text, "VARCHAR", [], "JSON") { IsJson = true },
        _ => throw new NotSupportedException(
            $"The field {field.Name} is of type '{field.Type.Kind}', which this version of the Collector does not know. Update it."),
    };
}
