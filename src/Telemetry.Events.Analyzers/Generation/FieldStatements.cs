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
        // As JSON already: what can be done when the program is built is not done for each event. Names need no escape.
        var member = $"\"\\\"{field.WireName}\\\":\"u8";
        if (IsNullChecked(field.Type))
            WriteIfNotNull(field.Type, member, Access(field.Member));
        else
            WriteValue(field.Type, member, Access(field.Member));
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

    private void WriteIfNotNull(FieldType type, string? member, string value)
    {
        var local = NewLocal();
        text.Line($"if ({value} is {{ }} {local})").Open();
        WriteValue(type, member, local);
        text.Close();
    }

    // A null member writes an array's element.
    private void WriteValue(FieldType type, string? member, string value)
    {
        switch (type.Kind)
        {
            case FieldKind.Payload:
                text.Line($"writer.Write{Start(member, "Object")};");
                text.Line($"{value}.WriteData(ref writer);");
                text.Line("writer.WriteEndObject();");
                break;
            case FieldKind.List:
                var item = NewLocal();
                text.Line($"writer.Write{Start(member, "Array")};");
                text.Line($"foreach (var {item} in {value})").Open();
                WriteElement(type.Element!, item);
                text.Close().Line("writer.WriteEndArray();");
                break;
            default:
                var (kind, argument) = Scalar(type, value);
                text.Line(member is null ? $"writer.Write{kind}Value({argument});" : $"writer.WriteEncoded{kind}({member}, {argument});");
                break;
        }
    }

    private static string Start(string? member, string kind) =>
        member is null ? $"Start{kind}()" : $"EncodedStart{kind}({member})";

    private (string Kind, string Argument) Scalar(FieldType type, string value) => type.Kind switch
    {
        FieldKind.String or FieldKind.Guid or FieldKind.DateTimeOffset => ("String", value),
        FieldKind.DateTime => ("String", $"new global::System.DateTimeOffset({value}.ToUniversalTime())"),
        FieldKind.Uri => ("String", value + ".OriginalString"),
        FieldKind.Enum => ("String", $"{EnumFunction(type)}({value})"),
        FieldKind.Boolean => ("Boolean", value),
        FieldKind.UnsignedLong => ("Number", "(decimal)" + value),
        FieldKind.TimeSpan => ("Number", $"(decimal){value}.Ticks / global::System.TimeSpan.TicksPerSecond"),
        FieldKind.Json => ("Json", value),
        _ => ("Number", value),
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
