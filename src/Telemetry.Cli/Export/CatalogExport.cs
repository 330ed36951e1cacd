using Telemetry.Cli.Catalog;

namespace Telemetry.Cli.Export;

/// <summary>All files of an export: path below the folder, and text.</summary>
internal static class CatalogExport
{
    public const string SchemaFolder = "schemas";
    public const string SchemaSuffix = ".schema.json";

    public static IReadOnlyDictionary<string, string> Of(AssemblyCatalog catalog)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["catalog.json"] = JsonFile.Text(CatalogIndex.Of(catalog)),
            ["asyncapi.json"] = JsonFile.Text(AsyncApiDocument.Of(catalog)),
        };
        foreach (var description in catalog.Events)
            files.Add(SchemaPath(description), JsonFile.Text(EventSchema.Of(description, catalog.Documentation)));
        return files;
    }

    /// <summary>With slashes, as references within the export have it.</summary>
    public static string SchemaPath(EventDescription description) => $"{SchemaFolder}/{description.Name}{SchemaSuffix}";
}
