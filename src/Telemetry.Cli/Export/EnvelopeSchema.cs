using System.Text.Json.Nodes;
using Telemetry.Cli.Catalog;
using Telemetry.Events;

namespace Telemetry.Cli.Export;

/// <summary>The envelope's attributes (docs/wire-contract.md).</summary>
internal static class EnvelopeSchema
{
    // CloudEvents 1.0, "Type System": a string attribute holds no control character. Nor is an attribute empty.
    private const string PrintableText = @"^[^\u0000-\u001f\u007f-\u009f]+$";
    private const string UtcTime = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$";
    private const string Service = "^/[a-z0-9._-]{1,128}$";
    private const string TraceContext = "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$";
    private const string SequenceDigits = "^[0-9]{20}$";

    public static JsonObject Properties(EventDescription description, JsonObject data) => new()
    {
        [EnvelopeAttributes.SpecVersion] = new JsonObject { ["const"] = "1.0" },
        [EnvelopeAttributes.Id] = Format("uuid", "One event keeps it through every redelivery. Best a UUIDv7."),
        [EnvelopeAttributes.Source] = Pattern(Service, "The service, after a slash."),
        [EnvelopeAttributes.Type] = new JsonObject { ["const"] = description.Name },
        [EnvelopeAttributes.Time] = Time(),
        [EnvelopeAttributes.DataContentType] = new JsonObject { ["const"] = "application/json" },
        [EnvelopeAttributes.Subject] = Pattern(PrintableText, Same("What the event is about", description.Subject)),
        [EnvelopeAttributes.PartitionKey] = Pattern(PrintableText, Same("The record's key", description.KeyOrSubject)),
        [EnvelopeAttributes.TenantId] = Format("uuid", "The tenant."),
        [EnvelopeAttributes.NodeId] = Format("uuid", "The node."),
        [EnvelopeAttributes.VmType] = Pattern(PrintableText, "The virtual machine's type."),
        [EnvelopeAttributes.HostName] = Pattern(PrintableText, "The host's name."),
        [EnvelopeAttributes.StorageSize] = Pattern(PrintableText, "Size of the dynamic storage."),
        [EnvelopeAttributes.StorageType] = Pattern(PrintableText, "Type of the dynamic storage."),
        [EnvelopeAttributes.Producer] = Pattern(PrintableText, "One id for each start of the producing process."),
        [EnvelopeAttributes.Sequence] = Pattern(
            SequenceDigits, "Counts the events of this producer and delivery class from 1 without gaps, in 20 digits."),
        [EnvelopeAttributes.TraceParent] = Pattern(TraceContext, "W3C Trace Context."),
        [EnvelopeAttributes.TraceState] = Pattern(PrintableText, "W3C Trace Context."),
        [EnvelopeAttributes.Data] = data,
    };

    private static string Same(string role, MarkedMember? member) =>
        member?.Field is { } field ? $"{role}: data.{field}." : role + ".";

    private static JsonObject Time()
    {
        var time = Format("date-time", "When it happened: RFC 3339, in UTC.");
        time["pattern"] = UtcTime;
        return time;
    }

    private static JsonObject Format(string format, string description) =>
        new() { ["type"] = "string", ["format"] = format, ["description"] = description };

    private static JsonObject Pattern(string pattern, string description) =>
        new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };
}
