using System.Text.Encodings.Web;
using System.Text.Json;

namespace Telemetry.Events.Envelope;

/// <summary>How JSON is escaped wherever the library's own writer does it.</summary>
internal static class EnvelopeJson
{
    /// <summary>
    /// Leaves text in other scripts as UTF-8 instead of six characters a letter. The result goes to brokers and parsers; whoever
    /// shows it in a page escapes it there.
    /// </summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder };
}
