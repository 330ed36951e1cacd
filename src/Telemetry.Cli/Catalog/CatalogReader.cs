using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Telemetry.Cli.Catalog;

/// <summary>Reads the descriptions that the source generator left in an assembly. Nothing is loaded, and no code of it runs.</summary>
internal static class CatalogReader
{
    // The generator writes the same; it is in an assembly that runs within the compiler and cannot be referenced here.
    private const string MetadataKey = "Telemetry.Events.Event";

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static bool TryRead(
        string path, [NotNullWhen(true)] out AssemblyCatalog? catalog, [NotNullWhen(false)] out string? error)
    {
        catalog = null;
        if (!File.Exists(path))
        {
            error = $"There is no file {path}. Build the project, and name the assembly that it makes.";
            return false;
        }

        try
        {
            using var stream = File.OpenRead(path);
            using var file = new PEReader(stream);
            catalog = Read(file.GetMetadataReader(), path);
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException)
        {
            error = $"{path} is not a .NET assembly.";
            return false;
        }
        catch (JsonException exception)
        {
            error = $"{path} describes an event in a way that this version of the tool does not know ({exception.Message}). Update the tool.";
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = $"{path} cannot be read: {exception.Message}";
            return false;
        }

        error = catalog.Events.Count > 0
            ? null
            : $"{path} declares no events: no type in it is marked by [TelemetryEvent].{OfHandWritten(catalog)}";
        return error is null;
    }

    /// <summary>What to say of the types that could not be read; empty where there are none.</summary>
    public static string OfHandWritten(AssemblyCatalog catalog) => catalog.HandWritten.Count == 0 ? "" :
        $" Left out: {string.Join(", ", catalog.HandWritten)}. Their names stand in code, which does not run here; mark them by [TelemetryEvent].";

    private static AssemblyCatalog Read(MetadataReader metadata, string path)
    {
        var assembly = metadata.GetAssemblyDefinition();
        var events = assembly.GetCustomAttributes()
            .Select(handle => Metadata(metadata, metadata.GetCustomAttribute(handle)))
            .Where(pair => pair.Key == MetadataKey)
            .Select(pair => JsonSerializer.Deserialize<EventDescription>(pair.Value!, JsonOptions)!)
            .OrderBy(description => description.Name, StringComparer.Ordinal)
            .ToList();
        return new AssemblyCatalog(metadata.GetString(assembly.Name), assembly.Version.ToString(3), events, XmlDocumentation.Beside(path))
        {
            HandWritten = [.. EventTypes.In(metadata).Except(events.Select(description => description.Type)).Order(StringComparer.Ordinal)],
        };
    }

    // The two strings of [assembly: AssemblyMetadata]; a pair of nulls for any other attribute.
    private static (string? Key, string? Value) Metadata(MetadataReader metadata, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference
            || metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } parent)
        {
            return default;
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        if (!metadata.StringComparer.Equals(type.Name, "AssemblyMetadataAttribute")
            || !metadata.StringComparer.Equals(type.Namespace, "System.Reflection"))
        {
            return default;
        }

        // The blob begins with a prolog of two bytes (ECMA-335, II.23.3).
        var blob = metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        return (blob.ReadSerializedString(), blob.ReadSerializedString());
    }
}
