using System.Text;

namespace Telemetry.Events.RestProxy;

/// <summary>The bytes around keys and bodies in a produce request of one dialect and format.</summary>
internal sealed class RecordLayout
{
    private static readonly string ContentTypeHeaderValue =
        Convert.ToBase64String(Encoding.ASCII.GetBytes(EnvelopeAttributes.ContentType));

    private RecordLayout(
        string contentType, string accept, string open, string key, string value, string end, string separator, string close)
    {
        ContentType = contentType;
        Accept = accept;
        (Open, Close) = (Encoding.UTF8.GetBytes(open), Encoding.UTF8.GetBytes(close));
        (KeyOpen, NextKeyOpen) = (Encoding.UTF8.GetBytes("{" + key), Encoding.UTF8.GetBytes(separator + "{" + key));
        (ValueAlone, NextValueAlone) = (Encoding.UTF8.GetBytes("{" + value), Encoding.UTF8.GetBytes(separator + "{" + value));
        RecordEnd = Encoding.UTF8.GetBytes(end);
    }

    /// <summary>The request's content type, exactly.</summary>
    public string ContentType { get; }

    public string Accept { get; }

    /// <summary>Before the first record.</summary>
    public byte[] Open { get; }

    /// <summary>From a record's beginning to its key.</summary>
    public byte[] KeyOpen { get; }

    /// <summary>The same behind another record.</summary>
    public byte[] NextKeyOpen { get; }

    /// <summary>From the key to the body.</summary>
    public required byte[] ValueAfterKey { get; init; }

    /// <summary>From a record's beginning to its body, where it has no key.</summary>
    public byte[] ValueAlone { get; }

    /// <summary>The same behind another record.</summary>
    public byte[] NextValueAlone { get; }

    /// <summary>From the body to the record's end, headers included.</summary>
    public byte[] RecordEnd { get; }

    /// <summary>Behind the last record.</summary>
    public byte[] Close { get; }

    /// <summary>Whether the key is JSON text, and not base64.</summary>
    public bool JsonKey { get; init; }

    /// <summary>Whether the body is JSON as it is, and not base64.</summary>
    public bool JsonValue { get; init; }

    public static RecordLayout For(RestProxyDialect dialect, RestProxyFormat format)
    {
        var json = format == RestProxyFormat.Json;
        var quote = json ? "" : "\"";
        if (dialect == RestProxyDialect.ConfluentV3)
        {
            var value = $"\"value\":{{\"type\":\"{(json ? "JSON" : "BINARY")}\",\"data\":{quote}";
            return new RecordLayout(
                contentType: "application/json",
                accept: "application/json",
                open: "",
                key: "\"key\":{\"type\":\"BINARY\",\"data\":\"",
                value: value,
                end: $"{quote}}},\"headers\":[{{\"name\":\"content-type\",\"value\":\"{ContentTypeHeaderValue}\"}}]}}",
                separator: "\n",
                close: "")
            {
                ValueAfterKey = Encoding.UTF8.GetBytes("\"}," + value),
                JsonValue = json,
            };
        }

        var headers = dialect == RestProxyDialect.Strimzi
            ? $",\"headers\":[{{\"key\":\"content-type\",\"value\":\"{ContentTypeHeaderValue}\"}}]"
            : "";
        return new RecordLayout(
            contentType: $"application/vnd.kafka.{(json ? "json" : "binary")}.v2+json",
            accept: "application/vnd.kafka.v2+json",
            open: "{\"records\":[",
            key: "\"key\":\"",
            value: $"\"value\":{quote}",
            end: $"{quote}{headers}}}",
            separator: ",",
            close: "]}")
        {
            ValueAfterKey = Encoding.UTF8.GetBytes($"\",\"value\":{quote}"),
            JsonKey = json,
            JsonValue = json,
        };
    }
}
