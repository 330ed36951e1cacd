using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Telemetry.Events.Analyzers.Reading;

internal static class SymbolExtensions
{
    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName) =>
        symbol.GetAttributes().Find(metadataName);

    public static AttributeData? Find(this IEnumerable<AttributeData> attributes, string metadataName) =>
        attributes.FirstOrDefault(attribute => attribute.Is(metadataName));

    public static bool Is(this AttributeData attribute, string metadataName) =>
        attribute.AttributeClass is { } type
        // The whole name is text to be built; most attributes are told apart by the last part of theirs.
        && metadataName.EndsWith(type.Name, StringComparison.Ordinal)
        && type.ToDisplayString() == metadataName;

    /// <summary>The string given to the constructor; null where it is none, which the compiler reports.</summary>
    public static string? Text(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1 ? attribute.ConstructorArguments[0].Value as string : null;

    public static TypedConstant Named(this AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value;

    /// <summary>The member as C# writes it.</summary>
    public static string Identifier(this ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    /// <summary>The member of an enum that has this value; null where none has.</summary>
    public static string? EnumMember(this TypedConstant constant) =>
        constant.Kind != TypedConstantKind.Enum
            ? null
            : constant.Type?.GetMembers().OfType<IFieldSymbol>()
                .FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, constant.Value))?.Name;

    public static Location Place(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;
}
