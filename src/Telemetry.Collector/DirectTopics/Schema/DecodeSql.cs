using Telemetry.Collector.ClickHouse;
using Telemetry.Events;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>
/// The decoding of a record, as SQL: its columns, or the reason why it has none. A field that nobody knows is no reason, and neither
/// is an event type that is not in the catalog: newer producers have both.
/// </summary>
internal static class DecodeSql
{
    public const string TimePattern =
        "^(19[7-9][0-9]|2[0-2][0-9]{2})-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$";

    /// <summary>How deep ClickHouse's parser follows.</summary>
    public const int MaxDepth = 1024;

    public const string NoJson =
        $"The record is not JSON in UTF-8, nests deeper than 1,024 levels or holds a number beyond 64 bits; {Form}.";

    public static readonly string[] RequiredAttributes =
        [EnvelopeAttributes.SpecVersion, EnvelopeAttributes.Id, EnvelopeAttributes.Source, EnvelopeAttributes.Type, EnvelopeAttributes.Time];

    private const string Form = "an event is a CloudEvents 1.0 JSON object";
    private const string TimeForm = "no RFC 3339 time from 1970 to 2299, such as 2026-01-31T12:00:00Z.";

    private const string Nested = "member -> member.1 != 'data' AND substring(member.2, 1, 1) IN ('{', '[')";

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
        return $"{With(schema)}\nSELECT\n  {string.Join(",\n  ", columns)}\nFROM {from}\nWHERE _fault = 0";
    }

    /// <summary>The query whose rows are dead letters.</summary>
    public static string Bad(TopicSchema schema, string from)
    {
        var reasons = Faults(schema).Select((fault, index) => $"    _fault = {index + 1}, {fault.Reason},\n");
        return
            $"""
            {With(schema)}
            SELECT
              _topic AS topic,
              toInt32(_partition) AS partition,
              toInt64(_offset) AS offset,
              multiIf(
            {string.Concat(reasons)}    '') AS reason,
              now64(3) AS received_at,
              assumeNotNull(coalesce(_timestamp_ms, now64(3))) AS kafka_time,
              raw
            FROM {from}
            WHERE _fault != 0
            """;
    }

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

    public static string NoString(string attribute) =>
        $"The attribute {attribute} is missing or no string; an event has specversion, id, source, type and time.";

    public static string NoTime(string text) => $"The attribute time is '{(text.Length <= 64 ? text : text[..64])}', which is {TimeForm}";

    private static string With(TopicSchema schema)
    {
        var attributes = RequiredAttributes.Union(EnvelopeColumns.Attributes.Select(attribute => attribute.Attribute)).Append(EnvelopeAttributes.Sequence);
        var members = attributes.Select(attribute => $"{attribute} String");
        var fields = schema.Columns.Where(column => column.Type is { IsJson: false, IsDecimal: false })
            .Select(column => $"{Sql.Identifier(column.Field)} {(column.Type.IsTime ? "Nullable(String)" : column.Type.ClickHouse)}").ToList();
        if (fields.Count > 0)
            members = members.Append($"data Tuple({string.Join(", ", fields)})");
        // No multiIf here: what its branches share, ClickHouse works out anew in each, and they share the parsed record.
        return
            $"""
            WITH
              JSONExtract(raw, {Sql.Literal($"Tuple({string.Join(", ", members)})")}) AS _event,
              parseDateTime64BestEffortOrNull(_event.time, 3, 'UTC') AS _time,
              indexOf([
                {string.Join(",\n    ", Faults(schema).Select(fault => fault.Condition))}
              ], 1) AS _fault
            """;
    }

    /// <summary>The number of a fault is its place, from 1 on; a record has the first that applies. A condition must not throw, whatever the record.</summary>
    private static IEnumerable<(string Condition, string Reason)> Faults(TopicSchema schema)
    {
        yield return ("_error != ''", "concat('ClickHouse could not read the record: ', _error)");
        yield return ("NOT isValidJSON(raw)", Sql.Literal(NoJson));
        yield return ("JSONType(raw) != 'Object'", Concat("The record is a JSON ", "lower(toString(JSONType(raw)))", $"; {Form}."));
        foreach (var attribute in RequiredAttributes)
        {
            yield return (
                $"JSONType(raw, '{attribute}') != 'String' OR _event.{attribute} = ''",
                Sql.Literal(NoString(attribute)));
        }

        yield return ("_event.specversion != '1.0'", Concat("The attribute specversion is ", Shown("_event.specversion"), "; only 1.0 is known."));
        yield return (
            $"NOT match(_event.time, {Sql.Literal(TimePattern)}) OR isNull(_time)",
            Concat("The attribute time is ", Shown("_event.time"), $", which is {TimeForm}"));
        yield return (
            "_event.sequence != '' AND (NOT match(_event.sequence, '^[0-9]{1,20}$') OR isNull(toUInt64OrNull(_event.sequence)))",
            Concat("The attribute sequence is ", Shown("_event.sequence"), "; it is a number of at most 20 digits and 64 bits."));
        // An event with two braces and no bracket has its data and nothing else that is nested: most have, and are not taken apart for this.
        yield return (
            $"(countSubstrings(raw, '{{') != 2 OR countSubstrings(raw, '[') != 0) AND arrayExists({Nested}, JSONExtractKeysAndValuesRaw(raw))",
            Concat("The attribute ", $"arrayFirst({Nested}, JSONExtractKeysAndValuesRaw(raw)).1", " is an object or an array; an attribute is a string."));
        yield return ("JSONType(raw, 'data') != 'Object'", "'The event has no data object.'");
        foreach (var fault in schema.Columns.SelectMany(FieldFaults))
            yield return fault;
        yield return (
            "_timestamp_ms < now() - INTERVAL 5 YEAR OR _timestamp_ms > now() + INTERVAL 1 DAY",
            Concat("The record''s timestamp in Kafka is ", "toString(_timestamp_ms)", "; a table takes those of the last five years."));
    }

    private static IEnumerable<(string Condition, string Reason)> FieldFaults(PayloadColumn column)
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
