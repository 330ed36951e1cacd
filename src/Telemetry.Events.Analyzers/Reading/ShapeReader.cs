using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>Tells whether another part of a type can be written, and how it begins.</summary>
internal static class ShapeReader
{
    private static readonly string[] GeneratedMembers = ["Descriptor", "Subject", "PartitionKey"];

    public static TypeShape? Read(INamedTypeSymbol type, Action<Diagnostic>? report, CancellationToken cancellation)
    {
        if (Trouble(type) is { } trouble)
        {
            report?.Invoke(Diagnostic.Create(DesignRules.ShapeUnsupported, type.Place(), type.Name, trouble));
            return null;
        }

        var chain = Chain(type);
        if (chain.FirstOrDefault(part => !IsPartial(part, cancellation)) is { } closed)
        {
            // At the event even where a type around it is meant: a fix is offered for a diagnostic of its own type only.
            report?.Invoke(Diagnostic.Create(DesignRules.NotPartial, type.Place(), closed.Name));
            return null;
        }

        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        var names = string.Join(".", chain.Select(part => part.Name));
        var taken = GeneratedMembers.Where(name => type.GetMembers(name).Any(member => !DeclaredProperty.IsOurs(member)));
        return new TypeShape(
            space, new(chain.Select(part => Keyword(part) + " " + part.Identifier())), space.Length == 0 ? names : space + "." + names, new(taken));
    }

    private static string? Trouble(INamedTypeSymbol type)
    {
        if (Chain(type).Any(part => part.IsGenericType))
            return "is generic, and its fields are not known until it is used";
        if (type.IsAbstract || type.IsStatic)
            return "has no instances of its own (abstract or static)";
        if (type.IsRefLikeType)
            return "is a ref struct, which cannot implement ITelemetryEvent";
        if (Chain(type).Any(part => part.IsFileLocal))
            return "is local to its file, which the generated part is not in";
        if (type.TypeKind == TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } @base)
            return $"derives from {@base.Name}, and inherited members are not written; declare them here";
        return null;
    }

    private static Stack<INamedTypeSymbol> Chain(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (var part = type; part is not null; part = part.ContainingType)
            chain.Push(part);
        return chain;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "partial record struct",
        { IsRecord: true } => "partial record",
        { IsValueType: true } => "partial struct",
        { TypeKind: TypeKind.Interface } => "partial interface",
        _ => "partial class",
    };
}
