using Telemetry.Events.Analyzers.Model;

namespace Telemetry.Events.Analyzers.Generation;

/// <summary>Writes the statements of <c>WriteData</c>.</summary>
internal sealed class FieldStatements(GeneratedText text)
{
    private readonly Dictionary<string, (string Function, FieldType Type)> _enums = new(StringComparer.Ordinal);
    private int _locals;

    public static void Write(GeneratedText text, IEnumerable<EventField> fields)
    {
        var statements = new FieldStatements(text);
        foreach (var field in fields)
            statements.WriteField(field);
        statements.WriteEnumFunctions();
    }

    /// <summary>A member as an expression; one that may be mistaken for a local is written with <c>this</c>.</summary>
    public static string Access(string member) => char.IsUpper(member[0]) ? member : "this." + member;

    private void WriteField(EventField field)
    {
        var name = $"\"{field.WireName}\"u8";
        if (IsNullChecked(field.Type))
            WriteIfNotNull(field.Type, name, Access(field.Member));
        else
            WriteValue(field.Type, name, Access(field.Member));
    }

    private void WriteElement(FieldType type, string value)
    {
        if (IsNullChecked(type))
        {
            WriteIfNotNull(type, null, value);
            text.Line("else").Open().Line("writer.WriteNullValue();").Close();
        }
        else
        {
            WriteValue(type, null, value);
        }
    }

    private void WriteIfNotNull(FieldType type, string? name, string value)
    {
        var local = NewLocal();
        text.Line($"if ({value} is {{ }} {local})").Open();
        WriteValue(type, name, local);
        text.Close();
    }

    // A null name writes an array's element.
    private void WriteValue(FieldType type, string? name, string value)
    {
        switch (type.Kind)
        {
            case FieldKind.Payload:
                text.Line($"writer.WriteStartObject({name});");
                text.Line($"{value}.WriteData(ref writer);");
                text.Line("writer.WriteEndObject();");
                break;
            case FieldKind.List:
                var item = NewLocal();
                text.Line($"writer.WriteStartArray({name});");
                text.Line($"foreach (var {item} in {value})").Open();
                WriteElement(type.Element!, item);
                text.Close().Line("writer.WriteEndArray();");
                break;
            default:
                var (method, argument) = Scalar(type, value);
                text.Line(name is null ? $"writer.{method}Value({argument});" : $"writer.{method}({name}, {argument});");
                break;
        }
    }

    private (string Method, string Argument) Scalar(FieldType type, string value) => type.Kind switch
    {
        FieldKind.String or FieldKind.Guid or FieldKind.DateTimeOffset => ("WriteString", value),
        FieldKind.DateTime => ("WriteString", $"new global::System.DateTimeOffset({value}.ToUniversalTime())"),
        FieldKind.Uri => ("WriteString", value + ".OriginalString"),
        FieldKind.Enum => ("WriteString", $"{EnumFunction(type)}({value})"),
        FieldKind.Boolean => ("WriteBoolean", value),
        FieldKind.UnsignedLong => ("WriteNumber", "(decimal)" + value),
        FieldKind.TimeSpan => ("WriteNumber", $"(decimal){value}.Ticks / global::System.TimeSpan.TicksPerSecond"),
        FieldKind.Json => ("WriteJson", value),
        _ => ("WriteNumber", value),
    };

    private string EnumFunction(FieldType type)
    {
        if (!_enums.TryGetValue(type.TypeName!, out var known))
            _enums.Add(type.TypeName!, known = ($"WireName{_enums.Count}", type));
        return known.Function;
    }

    private void WriteEnumFunctions()
    {
        foreach (var (function, type) in _enums.Values)
        {
            text.Line().Line($"static string {function}({type.TypeName} value) => value switch").Open();
            foreach (var value in type.EnumValues)
                text.Line($"{type.TypeName}.{value.Member} => \"{value.WireName}\",");
            text.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(value), value, \"The value has no name on the wire.\"),");
            text.Close(";");
        }
    }

    // The writer itself takes null for a string.
    private static bool IsNullChecked(FieldType type) => type.MayBeNull && type.Kind != FieldKind.String;

    private string NewLocal() => "value" + _locals++;
}
