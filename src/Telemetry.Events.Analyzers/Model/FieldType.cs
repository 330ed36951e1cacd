namespace Telemetry.Events.Analyzers.Model;

/// <summary>The type of a field. It holds no symbol, so that the generator's cache can compare it and keep it.</summary>
internal sealed record FieldType(FieldKind Kind, bool IsNullable)
{
    /// <summary>The C# type; of enums, as generated code writes it, and of payloads, as documentation names it.</summary>
    public string? TypeName { get; init; }

    /// <summary>Whether a null can stand there at run time, whatever the annotation says.</summary>
    public bool MayBeNull { get; init; }

    /// <summary>The values of an enum.</summary>
    public EquatableArray<EnumValue> EnumValues { get; init; }

    /// <summary>The fields of a payload.</summary>
    public EquatableArray<EventField> Fields { get; init; }

    /// <summary>The type of a list's elements.</summary>
    public FieldType? Element { get; init; }

    /// <summary>The type as <c>Events.Unshipped.txt</c> records it.</summary>
    public string Signature => Kind switch
    {
        FieldKind.String => "string",
        FieldKind.Boolean => "boolean",
        FieldKind.Integer or FieldKind.UnsignedLong => "integer",
        FieldKind.Number => "number",
        FieldKind.Guid => "uuid",
        FieldKind.DateTimeOffset or FieldKind.DateTime => "timestamp",
        FieldKind.TimeSpan => "seconds",
        FieldKind.Uri => "uri",
        FieldKind.Enum => "enum(" + string.Join("|", EnumValues.Select(value => value.WireName)) + ")",
        FieldKind.Json => "json",
        FieldKind.Payload => "{" + string.Join(",", Fields.Select(member => member.Signature)) + "}",
        _ => Element!.Signature + "[]",
    } + (IsNullable ? "?" : "");
}
