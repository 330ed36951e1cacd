namespace Telemetry.Events.Analyzers.Model;

/// <summary>What it takes to write another part of a partial type.</summary>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="Declarations">Keyword and name of the containing types, outermost first, and last of the type itself.</param>
/// <param name="QualifiedName">Namespace, containing types and name, joined by dots.</param>
/// <param name="TakenNames">Names of members that the author declared and the generator would have used.</param>
internal sealed record TypeShape(
    string Namespace,
    EquatableArray<string> Declarations,
    string QualifiedName,
    EquatableArray<string> TakenNames);
