using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telemetry.Cli.Tests.Wire;

/// <summary>
/// Reads JSON strings with the lone surrogates that they escape: <c>System.Text.Json</c> refuses them, and a C# string holds them.
/// </summary>
internal sealed class LoneSurrogateText : JsonConverter<string>
{
    public static string Of(JsonElement element) => Unescape(element.GetRawText()[1..^1]);

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Unescape(Encoding.UTF8.GetString(reader.ValueSpan));

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static string Unescape(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                text.Append(json[i]);
                continue;
            }

            i++;
            text.Append(json[i] switch
            {
                'u' => (char)ushort.Parse(json.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                var plain => plain,
            });
            if (json[i] == 'u')
                i += 4;
        }

        return text.ToString();
    }
}
