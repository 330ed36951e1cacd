using System.Text.Json.Nodes;
using Telemetry.Cli.Catalog;

namespace Telemetry.Cli.Export;

/// <summary>The compact index of all events: for a reader that wants the list and not the schemas.</summary>
internal static class CatalogIndex
{
    public static JsonObject Of(AssemblyCatalog catalog) => new()
    {
        ["assembly"] = catalog.Assembly,
        ["events"] = new JsonArray([.. catalog.Events.Select(description => Entry(description, catalog.Documentation))]),
    };

    private static JsonObject Entry(EventDescription description, XmlDocumentation documentation)
    {
        var entry = new JsonObject
        {
            ["name"] = description.Name,
            ["topic"] = description.Topic,
            ["delivery"] = description.Delivery,
        };
        entry.AddText("subject", description.Subject?.Field);
        entry.AddText("key", description.KeyOrSubject?.Field);
        entry.AddText("description", documentation.OfType(description.Type));
        entry["schema"] = CatalogExport.SchemaPath(description);
        entry["fields"] = new JsonArray([.. description.Fields.Select(field => new JsonObject
        {
            ["name"] = field.Name,
            ["type"] = field.Type.Signature,
        })]);
        return entry;
    }
}
