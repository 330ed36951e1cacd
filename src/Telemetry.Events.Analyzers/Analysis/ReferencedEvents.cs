using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Reading;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>The events of the assemblies that a compilation references.</summary>
internal static class ReferencedEvents
{
    /// <summary>The full name of the type that declares each event.</summary>
    public static IReadOnlyDictionary<string, string> ByName(Compilation compilation)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in compilation.SourceModule.ReferencedAssemblySymbols.Where(MayDeclare).SelectMany(Types))
        {
            if (type.FindAttribute(KnownNames.TelemetryEvent)?.Text() is { } name)
                owners[name] = type.ToDisplayString();
        }

        return owners;
    }

    // Only what knows the attribute can bear it; this spares the framework's hundreds of assemblies.
    private static bool MayDeclare(IAssemblySymbol assembly) =>
        assembly.Name == KnownNames.Assembly
        || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == KnownNames.Assembly));

    private static IEnumerable<INamedTypeSymbol> Types(IAssemblySymbol assembly)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>([assembly.GlobalNamespace]);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            if (current is INamedTypeSymbol type)
                yield return type;
            foreach (var member in current.GetMembers().OfType<INamespaceOrTypeSymbol>())
                pending.Push(member);
        }
    }
}
