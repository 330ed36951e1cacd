using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Telemetry.Events.Analyzers.Generation;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>
/// A property of an event's type with the attributes that stand on it and on the constructor's parameter of its name: on a
/// positional record a bare <c>[EventSubject]</c> is the parameter's.
/// </summary>
internal sealed class DeclaredProperty
{
    private const string GeneratedCode = "System.CodeDom.Compiler.GeneratedCodeAttribute";

    private DeclaredProperty(IPropertySymbol symbol, IReadOnlyList<AttributeData> attributes)
    {
        Symbol = symbol;
        Attributes = attributes;
    }

    public IPropertySymbol Symbol { get; }

    public IReadOnlyList<AttributeData> Attributes { get; }

    public bool Has(string attribute) => Attributes.Find(attribute) is not null;

    /// <summary>Public, or asked for by name, and not left out.</summary>
    public bool IsField =>
        !Has(KnownNames.EventIgnore)
        && (Has(KnownNames.EventField)
            || (Symbol.DeclaredAccessibility == Accessibility.Public && Symbol.GetMethod!.DeclaredAccessibility == Accessibility.Public));

    /// <summary>All that can be read, a record's positional properties first, then the others as declared.</summary>
    public static IEnumerable<DeclaredProperty> Of(INamedTypeSymbol type)
    {
        var parameters = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).ToList();
        return type.GetMembers()
            .OfType<IPropertySymbol>()
            .Where(property => property is { IsStatic: false, IsIndexer: false, GetMethod: not null }
                && property.ExplicitInterfaceImplementations.IsEmpty
                && !IsOurs(property))
            .OrderBy(property => IsPositional(property) ? 0 : 1)
            .Select(property => new DeclaredProperty(property, WithParameters(property, parameters)));
    }

    /// <summary>Whether the generator wrote it: the analyzers see its output, which must not become a field.</summary>
    public static bool IsOurs(ISymbol member) =>
        member.FindAttribute(GeneratedCode) is { ConstructorArguments.Length: 2 } mark
        && mark.ConstructorArguments[0].Value is GeneratedText.Tool;

    private static IReadOnlyList<AttributeData> WithParameters(IPropertySymbol property, List<IParameterSymbol> parameters) =>
    [
        .. property.GetAttributes(),
        .. parameters.Where(parameter => parameter.Name == property.Name).SelectMany(parameter => parameter.GetAttributes()),
    ];

    private static bool IsPositional(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is ParameterSyntax);
}
