using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>Where an attribute and its arguments stand in the source.</summary>
internal static class AttributePlaces
{
    public static Location Place(this AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : Location.None;

    /// <summary>The first argument that is no property; else the attribute.</summary>
    public static Location PlaceOfText(this AttributeData attribute, CancellationToken cancellation) =>
        attribute.Arguments(cancellation).FirstOrDefault(argument => argument.NameEquals is null)?.Expression.GetLocation()
        ?? attribute.Place();

    /// <summary>The value of a property; else the attribute.</summary>
    public static Location PlaceOf(this AttributeData attribute, string property, CancellationToken cancellation) =>
        attribute.Arguments(cancellation)
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property)?.Expression.GetLocation()
        ?? attribute.Place();

    private static SeparatedSyntaxList<AttributeArgumentSyntax> Arguments(this AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList: { } list }
            ? list.Arguments
            : default;
}
