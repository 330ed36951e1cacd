using System.Text;
using Telemetry.Collector.ClickHouse;
using Telemetry.Events;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>
/// The decoding of a record, as SQL: its columns, or the reason why it has none. A field that nobody knows is no reason, and neither
/// is an event type that is not in the catalog: newer producers have both.
/// </summary>
internal static class DecodeSql
{
    private const string TimePattern =
        "^(19[7-9][0-9]|2[0-2][0-9]{2})-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$";

    private const string Form = "an event is a CloudEvents 1.0 JSON object";

    private static readonly string[] RequiredAttributes =
        [EnvelopeAttributes.SpecVersion, EnvelopeAttributes.Id, EnvelopeAttributes.Source, EnvelopeAttributes.Type, EnvelopeAttributes.Time];

    /// <summary>The query whose rows are the landing table's.</summary>
    /// <param name="schema">The topic.</param>
    /// <param name="from">
    /// A table or query with <c>raw</c> and what ClickHouse's Kafka engine calls <c>_topic _partition _offset _timestamp_ms _error</c>.
    /// </param>
    public static string Good(TopicSchema schema, string from)
    {
        var columns = EnvelopeColumns.Attributes.Select(attribute => $"_event.{attribute.Attribute} AS {attribute.Attribute}")
            .Append("assumeNotNull(_time) AS time")
            .Append("toUInt64OrZero(_event.sequence) AS sequence")
            .Concat(schema.Columns.Select(column => $"{Value(column)} AS {Sql.Identifier(column.Name)}"))
            .Concat([
                "_topic AS kafka_topic",
                "toInt32(_partition) AS kafka_partition",
                "toInt64(_offset) AS kafka_offset",
                "assumeNotNull(coalesce(_timestamp_ms, now64(3))) AS kafka_time",
                "raw",
            ]);
        return $"{With(schema)}\nSELECT\n  {string.Join(",\n  ", columns)}\nFROM {from}\nWHERE _why = ''";
    }

    /// <summary>The query whose rows are dead letters.</summary>
    public static string Bad(TopicSchema schema, string from) =>
        $"""
        {With(schema)}
        SELECT
          _topic AS topic,
          toInt32(_partition) AS partition,
          toInt64(_offset) AS offset,
          _why AS reason,
          now64(3) AS received_at,
          assumeNotNull(coalesce(_timestamp_ms, now64(3))) AS kafka_time,
          raw
        FROM {from}
        WHERE _why != ''
        """;

    /// <summary>A column's value in rows that were written before the column was there, from the record itself.</summary>
    public static string Default(PayloadColumn column)
    {
        var field = Sql.Literal(column.Field);
        return column.Type switch
        {
            { IsJson: true } or { IsDecimal: true } => OfRaw(column),
            { IsTime: true } => $"parseDateTime64BestEffortOrNull(JSONExtractString(raw, 'data', {field}), 6, 'UTC')",
            _ => $"JSONExtract(raw, 'data', {field}, {Sql.Literal(column.Type.ClickHouse)})",
        };
    }

    private static string With(TopicSchema schema)
    {
        var attributes = RequiredAttributes.Union(EnvelopeColumns.Attributes.Select(attribute => attribute.Attribute)).Append(EnvelopeAttributes.Sequence);
        var members = attributes.Select(attribute => $"{attribute} String");
        var fields = schema.Columns.Where(column => column.Type is { IsJson: false, IsDecimal: false })
            .Select(column => $"{Sql.Identifier(column.Field)} {(column.Type.IsTime ? "Nullable(String)" : column.Type.ClickHouse)}").ToList();
        if (fields.Count > 0)
            members = members.Append($"data Tuple({string.Join(", ", fields)})");
        var reasons = new StringBuilder();
        foreach (var (condition, reason) in Reasons(schema))
            reasons.Append("    ").Append(condition).Append(",\n      ").Append(reason).Append(",\n");
        return
            $"""
            WITH
              JSONExtract(raw, {Sql.Literal($"Tuple({string.Join(", ", members)})")}) AS _event,
              parseDateTime64BestEffortOrNull(_event.time, 3, 'UTC') AS _time,
              multiIf(
            {reasons}    '') AS _why
            """;
    }

    private static IEnumerable<(string Condition, string Reason)> Reasons(TopicSchema schema)
    {
        yield return ("_error != ''", "concat('ClickHouse could not read the record: ', _error)");
        yield return ("NOT isValidJSON(raw)", Sql.Literal(
            $"The record is not JSON in UTF-8, nests deeper than 1,024 levels or holds a number beyond 64 bits; {Form}."));
        yield return ("JSONType(raw) != 'Object'", Concat("The record is a JSON ", "lower(toString(JSONType(raw)))", $"; {Form}."));
        foreach (var attribute in RequiredAttributes)
        {
            yield return (
                $"JSONType(raw, '{attribute}') != 'String' OR _event.{attribute} = ''",
                Sql.Literal($"The attribute {attribute} is missing or no string; an event has specversion, id, source, type and time."));
        }

        yield return ("_event.specversion != '1.0'", Concat("The attribute specversion is ", Shown("_event.specversion"), "; only 1.0 is known."));
        yield return (
            $"NOT match(_event.time, {Sql.Literal(TimePattern)}) OR isNull(_time)",
            Concat("The attribute time is ", Shown("_event.time"), ", which is no RFC 3339 time from 1970 to 2299, such as 2026-01-31T12:00:00Z."));
        yield return (
            "_event.sequence != '' AND (NOT match(_event.sequence, '^[0-9]{1,20}$') OR isNull(toUInt64OrNull(_event.sequence)))",
            Concat("The attribute sequence is ", Shown("_event.sequence"), "; it is a number of at most 20 digits and 64 bits."));
        const string nested = "arrayFirst(member -> member.1 != 'data' AND substring(member.2, 1, 1) IN ('{', '['), JSONExtractKeysAndValuesRaw(raw)).1";
        yield return ($"{nested} != ''", Concat("The attribute ", nested, " is an object or an array; an attribute is a string."));
        yield return ("JSONType(raw, 'data') != 'Object'", "'The event has no data object.'");
        foreach (var reason in schema.Columns.SelectMany(FieldReasons))
            yield return reason;
        yield return (
            "_timestamp_ms < now() - INTERVAL 5 YEAR OR _timestamp_ms > now() + INTERVAL 1 DAY",
            Concat("The record''s timestamp in Kafka is ", "toString(_timestamp_ms)", "; a table takes those of the last five years."));
    }

    private static IEnumerable<(string Condition, string Reason)> FieldReasons(PayloadColumn column)
    {
        var type = $"JSONType(raw, 'data', {Sql.Literal(column.Field)})";
        if (column.Type.Json.Count > 0)
        {
            var kinds = string.Join(", ", column.Type.Json.Select(Sql.Literal));
            // A kind that is right with a value that is none: out of range, or of another form.
            var unfit = column.Type.IsJson ? "" : $" OR ({type} != 'Null' AND isNull({Value(column)}))";
            yield return (
                $"{type} NOT IN ({kinds}, 'Null'){unfit}",
                Concat($"data.{column.Field} is ", $"substringUTF8(JSONExtractRaw(raw, 'data', {Sql.Literal(column.Field)}), 1, 64)", $"; it must be {column.Type.Words}."));
        }

        if (column.RequiredBy.Count > 0)
        {
            yield return (
                $"_event.type IN ({string.Join(", ", column.RequiredBy.Select(Sql.Literal))}) AND {type} = 'Null'",
                Concat($"data.{column.Field} is missing; ", "_event.type", " must have it."));
        }
    }

    private static string Value(PayloadColumn column)
    {
        var member = $"_event.data.{Sql.Identifier(column.Field)}";
        return column.Type switch
        {
            { IsJson: true } or { IsDecimal: true } => OfRaw(column),
            { IsTime: true } => $"if(match({member}, {Sql.Literal(TimePattern)}), parseDateTime64BestEffortOrNull({member}, 6, 'UTC'), NULL)",
            _ => member,
        };
    }

    // JSONExtract of a decimal throws where the number is too large, and one such record would stop the topic for good.
    private static string OfRaw(PayloadColumn column)
    {
        var text = $"JSONExtractRaw(raw, 'data', {Sql.Literal(column.Field)})";
        return column.Type.IsDecimal ? $"toDecimal128OrNull({text}, {ColumnType.DecimalScale})" : $"nullIf({text}, '')";
    }

    private static string Shown(string text) => $"concat('\\'', substringUTF8({text}, 1, 64), '\\'')";

    private static string Concat(string before, string value, string after) => $"concat('{before}', {value}, '{after}')";
}
