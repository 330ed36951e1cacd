using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>Finds the member marked as subject, or as partition key.</summary>
internal static class EnvelopeMemberReader
{
    public static EnvelopeMember? Read(INamedTypeSymbol type, string attribute, string role, Action<Diagnostic>? report)
    {
        var marked = DeclaredProperty.Of(type).Where(property => property.Has(attribute)).ToList();
        foreach (var second in marked.Skip(1))
            report?.Invoke(Diagnostic.Create(DesignRules.MarkedTwice, second.Symbol.Place(), second.Symbol.Name, role, marked[0].Symbol.Name));
        if (report is not null)
            ReportParametersWithoutProperty(type, attribute, role, report);
        if (marked.Count == 0)
            return null;

        var symbol = marked[0].Symbol;
        if (new FieldTypeReader().Read(symbol.Type, out _) is
            { Kind: FieldKind.String or FieldKind.Guid or FieldKind.Integer or FieldKind.UnsignedLong or FieldKind.Uri } read)
        {
            return new EnvelopeMember(symbol.Identifier(), read.Kind, read.MayBeNull);
        }

        if (symbol.Type.TypeKind != TypeKind.Error)
        {
            report?.Invoke(Diagnostic.Create(
                DesignRules.KeyTypeUnsupported, symbol.Place(), symbol.Name, role,
                $"it has the type '{symbol.Type.ToDisplayString()}'; use string, Guid, an integer or Uri"));
        }

        return null;
    }

    private static void ReportParametersWithoutProperty(INamedTypeSymbol type, string attribute, string role, Action<Diagnostic> report)
    {
        var properties = new HashSet<string>(DeclaredProperty.Of(type).Select(property => property.Symbol.Name), StringComparer.Ordinal);
        foreach (var parameter in type.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
        {
            if (parameter.FindAttribute(attribute) is not null && !properties.Contains(parameter.Name))
            {
                report(Diagnostic.Create(
                    DesignRules.KeyTypeUnsupported, parameter.Place(), parameter.Name, role,
                    "it is a parameter that no property is named after; mark the property that holds it"));
            }
        }
    }
}
