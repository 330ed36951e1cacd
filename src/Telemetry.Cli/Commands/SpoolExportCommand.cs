using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Telemetry.Events.Spool.Inspection;
using Telemetry.Events.Spool.Log;
using Telemetry.Events.Spooling;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry spool export &lt;directory&gt;</c></summary>
internal static class SpoolExportCommand
{
    private const int BatchEvents = 1000;
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var directory = SpoolCommand.Directory();
        var command = new Command("export", "Writes the events that are not sent as JSON lines, bodies as they are. Changes nothing.") { directory };
        command.SetAction(parsed => SpoolCommand.Run(
            parsed.GetRequiredValue(directory),
            parsed.InvocationConfiguration.Error,
            instances => Export(instances, parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static int Export(IReadOnlyList<InspectedInstance> instances, TextWriter output)
    {
        using var line = new MemoryStream();
        foreach (var instance in instances)
        {
            foreach (var log in instance.Logs)
            {
                for (var batch = log.Read(BatchEvents); !batch.IsEmpty; batch = log.Read(BatchEvents))
                {
                    foreach (ref readonly var spooled in batch.Span)
                    {
                        line.SetLength(0);
                        WriteLine(line, instance.Name, log, spooled);
                        output.WriteLine(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
                    }
                }
            }
        }

        return ExitCode.Success;
    }

    private static void WriteLine(Stream line, string instance, LeftLog log, in SpooledEvent spooled)
    {
        using var json = new Utf8JsonWriter(line, JsonOptions);
        json.WriteStartObject();
        json.WriteString("topic", spooled.Topic);
        if (Utf8.IsValid(spooled.Key.Span))
            json.WriteString("key", spooled.Key.Span);
        else
            json.WriteBase64String("key_base64", spooled.Key.Span);
        json.WriteString("id", spooled.Id);
        json.WriteString("time", spooled.Time);
        json.WriteString("delivery", log.Delivery.ToString());
        json.WriteString("transport", log.Transport);
        json.WriteString("instance", instance);
        json.WriteNumber("position", spooled.Position);
        WriteBody(json, spooled.Body.Span);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ReadOnlySpan<byte> body)
    {
        if (IsJsonOnOneLine(body))
        {
            json.WritePropertyName("body");
            json.WriteRawValue(body, skipInputValidation: true);
        }
        else
        {
            json.WriteBase64String("body_base64", body);
        }
    }

    private static bool IsJsonOnOneLine(ReadOnlySpan<byte> body)
    {
        if (body.ContainsAny("\r\n"u8))
            return false;
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
            }

            return !body.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
