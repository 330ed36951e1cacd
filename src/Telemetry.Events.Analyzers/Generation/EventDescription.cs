using System.Globalization;
using System.Text;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Naming;

namespace Telemetry.Events.Analyzers.Generation;

/// <summary>
/// Describes an event as JSON, for the assembly's metadata: <c>telemetry catalog export</c> reads it there, and so knows of an
/// event exactly what the generator knew (docs/decisions/0007).
/// </summary>
internal static class EventDescription
{
    /// <summary>The key of the assembly metadata. The tool looks for the same.</summary>
    public const string MetadataKey = "Telemetry.Events.Event";

    public static string Of(EventModel model)
    {
        var text = new StringBuilder("{");
        Text(text, "type", model.Shape.QualifiedName).Append(',');
        Text(text, "name", model.Name).Append(',');
        Text(text, "topic", model.Topic).Append(',');
        Text(text, "delivery", SnakeCase.From(model.Delivery)).Append(',');
        Marked(text, "subject", model.Subject, model.Fields);
        Marked(text, "key", model.PartitionKey, model.Fields);
        Fields(text, model.Fields);
        return text.Append('}').ToString();
    }

    // A marked member that is no field (a computed key, left out of the data) has no wire name.
    private static void Marked(StringBuilder text, string name, EnvelopeMember? marked, EquatableArray<EventField> fields)
    {
        if (marked is null)
            return;
        var field = fields.FirstOrDefault(field => field.Member == marked.Member);
        text.Append('"').Append(name).Append("\":{");
        Text(text, "member", Plain(marked.Member));
        if (field is not null)
            Text(text.Append(','), "field", field.WireName);
        Flag(text, "optional", field?.Type.IsNullable ?? marked.MayBeNull);
        text.Append("},");
    }

    private static void Fields(StringBuilder text, EquatableArray<EventField> fields)
    {
        text.Append("\"fields\":[");
        var separator = "";
        foreach (var field in fields)
        {
            text.Append(separator).Append('{');
            Text(text, "name", field.WireName).Append(',');
            Text(text, "member", Plain(field.Member)).Append(',');
            Type(text, "type", field.Type);
            text.Append('}');
            separator = ",";
        }

        text.Append(']');
    }

    private static void Type(StringBuilder text, string name, FieldType type)
    {
        text.Append('"').Append(name).Append("\":{");
        Text(text, "kind", SnakeCase.From(type.Kind.ToString())).Append(',');
        Text(text, "signature", type.Signature);
        Flag(text, "optional", type.IsNullable);
        switch (type.Kind)
        {
            case FieldKind.Enum:
                text.Append(",\"values\":[").Append(string.Join(",", type.EnumValues.Select(value => Quote(value.WireName)))).Append(']');
                break;
            case FieldKind.Payload:
                Text(text.Append(','), "payload", type.TypeName!).Append(',');
                Fields(text, type.Fields);
                break;
            case FieldKind.List:
                Type(text.Append(','), "element", type.Element!);
                break;
        }

        text.Append('}');
    }

    private static StringBuilder Text(StringBuilder text, string name, string value) =>
        text.Append('"').Append(name).Append("\":").Append(Quote(value));

    private static void Flag(StringBuilder text, string name, bool value)
    {
        if (value)
            text.Append(",\"").Append(name).Append("\":true");
    }

    private static string Plain(string identifier) => identifier.TrimStart('@');

    // A wrong name may hold anything, and is written all the same: the analyzer reports it.
    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\' || c < ' ' || char.IsSurrogate(c))
                quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
