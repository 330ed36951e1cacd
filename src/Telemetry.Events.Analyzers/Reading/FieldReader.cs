using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Naming;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>Reads the fields of an event or a payload, and reports what keeps a member from being one.</summary>
internal static class FieldReader
{
    public static IReadOnlyList<EventField> Read(INamedTypeSymbol type, FieldTypeReader types, Action<Diagnostic>? report = null)
    {
        var fields = new List<EventField>();
        foreach (var property in DeclaredProperty.Of(type).Where(property => property.IsField))
        {
            var name = property.Attributes.Find(KnownNames.EventField)?.Text() ?? SnakeCase.From(property.Symbol.Name);
            if (!IsNameFree(name, property, fields, report))
                continue;
            if (types.Read(property.Symbol.Type, out var reason) is { } read)
                fields.Add(new EventField(property.Symbol.Identifier(), name, read));
            else if (property.Symbol.Type.TypeKind != TypeKind.Error)
            {
                report?.Invoke(Diagnostic.Create(
                    DesignRules.MemberTypeUnsupported, property.Symbol.Place(), property.Symbol.Name, property.Symbol.Type.ToDisplayString(), reason));
            }
        }

        return fields;
    }

    private static bool IsNameFree(string name, DeclaredProperty property, List<EventField> fields, Action<Diagnostic>? report)
    {
        var trouble = !SnakeCase.IsFieldName(name)
            ? "is not a field's name; write [a-z][a-z0-9_]*, by [EventField] where the member is named otherwise"
            : fields.FirstOrDefault(field => field.WireName == name) is { } first
                ? $"is that of '{first.Member}' already"
                : null;
        if (trouble is not null)
        {
            report?.Invoke(Diagnostic.Create(
                DesignRules.FieldNameInvalid, property.Symbol.Place(), name, property.Symbol.Name, trouble));
        }

        return trouble is null;
    }
}
