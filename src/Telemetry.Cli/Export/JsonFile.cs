using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Telemetry.Cli.Export;

/// <summary>How every file of the export is written: two spaces, LF on every platform, other scripts as they are.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Text(JsonNode node) => node.ToJsonString(Options) + "\n";

    /// <summary>Adds a member, or nothing for null.</summary>
    public static void AddText(this JsonObject json, string name, string? text)
    {
        if (text is not null)
            json.Add(name, text);
    }

    public static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
