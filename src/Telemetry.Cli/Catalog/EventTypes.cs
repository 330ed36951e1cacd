using System.Reflection.Metadata;
using Telemetry.Events;

namespace Telemetry.Cli.Catalog;

/// <summary>Finds the types that implement <see cref="ITelemetryEvent"/>, whoever wrote the implementation.</summary>
internal static class EventTypes
{
    /// <summary>Their names as XML documentation has them.</summary>
    public static IEnumerable<string> In(MetadataReader metadata) =>
        metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.GetInterfaceImplementations()
                .Any(handle => IsEvent(metadata, metadata.GetInterfaceImplementation(handle).Interface)))
            .Select(type => NameOf(metadata, type));

    private static bool IsEvent(MetadataReader metadata, EntityHandle handle)
    {
        // A reference from any other assembly; a definition in the SDK's own.
        var (space, name) = handle.Kind switch
        {
            HandleKind.TypeReference => NameOf(metadata.GetTypeReference((TypeReferenceHandle)handle)),
            HandleKind.TypeDefinition => NameOf(metadata.GetTypeDefinition((TypeDefinitionHandle)handle)),
            _ => default,
        };
        return !name.IsNil
            && metadata.StringComparer.Equals(name, nameof(ITelemetryEvent))
            && metadata.StringComparer.Equals(space, typeof(ITelemetryEvent).Namespace!);
    }

    private static (StringHandle Namespace, StringHandle Name) NameOf(TypeReference type) => (type.Namespace, type.Name);

    private static (StringHandle Namespace, StringHandle Name) NameOf(TypeDefinition type) => (type.Namespace, type.Name);

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
            return $"{NameOf(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        return type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
