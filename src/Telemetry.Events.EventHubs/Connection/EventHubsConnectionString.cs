using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Events.EventHubs;

/// <summary>
/// A connection string of Event Hubs, as the portal shows it:
/// <c>Endpoint=sb://{namespace}/;SharedAccessKeyName={policy};SharedAccessKey={key}[;EntityPath={event hub}]</c>, and with
/// <c>;UseDevelopmentEmulator=true</c> the one of the local emulator.
/// </summary>
/// <remarks>Immutable. No member but <see cref="Value"/> holds the key, and no message shows it.</remarks>
public sealed class EventHubsConnectionString
{
    private const string Form =
        "Endpoint=sb://{namespace}.servicebus.windows.net/;SharedAccessKeyName={policy};SharedAccessKey={key}[;EntityPath={event hub}]";

    private const int KafkaPort = 9093;
    private const int EmulatorKafkaPort = 9092;

    private EventHubsConnectionString(string value, Uri endpoint, string keyName, string? entityPath, bool emulator)
    {
        Value = value;
        Namespace = endpoint.Host;
        Port = endpoint.Port > 0 ? endpoint.Port : emulator ? EmulatorKafkaPort : KafkaPort;
        SharedAccessKeyName = keyName;
        EntityPath = entityPath;
        UseDevelopmentEmulator = emulator;
    }

    /// <summary>The text as it was given, the key included. A secret: it is the password of the Kafka endpoint.</summary>
    public string Value { get; }

    /// <summary>The namespace's host, such as <c>contoso.servicebus.windows.net</c>.</summary>
    public string Namespace { get; }

    /// <summary>The Kafka endpoint's port: the endpoint's own where it names one, else 9093, and 9092 of the emulator.</summary>
    public int Port { get; }

    /// <summary>The shared access policy.</summary>
    public string SharedAccessKeyName { get; }

    /// <summary>The only event hub that the policy is for; null where it is the namespace's.</summary>
    public string? EntityPath { get; }

    /// <summary>Whether it is the local emulator's, which speaks without TLS.</summary>
    public bool UseDevelopmentEmulator { get; }

    /// <summary>Parses a connection string without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The parsed form, where the result is true.</param>
    /// <param name="error">A sentence with the cause and the form expected, and nothing of the text, where the result is false.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out EventHubsConnectionString? result,
        [NotNullWhen(false)] out string? error)
    {
        result = null;
        error = Read(text, out var parts, out var endpoint);
        if (error is not null)
        {
            error = $"The connection string is none of Event Hubs: {error}. It reads {Form}.";
            return false;
        }

        result = new EventHubsConnectionString(
            text!.Trim(),
            endpoint!,
            parts["SharedAccessKeyName"],
            parts.GetValueOrDefault("EntityPath"),
            string.Equals(parts.GetValueOrDefault("UseDevelopmentEmulator"), "true", StringComparison.OrdinalIgnoreCase));
        return true;
    }

    /// <summary>Parses a connection string.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none; the message says why and shows nothing of the text.</exception>
    public static EventHubsConnectionString Parse(string? text) =>
        TryParse(text, out var result, out var error) ? result : throw new FormatException(error);

    /// <summary>The parts, the key masked.</summary>
    public override string ToString() =>
        $"Endpoint=sb://{Namespace}:{Port}/;SharedAccessKeyName={SharedAccessKeyName};SharedAccessKey=***" +
        (EntityPath is null ? "" : $";EntityPath={EntityPath}") +
        (UseDevelopmentEmulator ? ";UseDevelopmentEmulator=true" : "");

    private static string? Read(string? text, out Dictionary<string, string> parts, out Uri? endpoint)
    {
        parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        endpoint = null;
        if (string.IsNullOrWhiteSpace(text))
            return "it is empty";

        var position = 0;
        foreach (var pair in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            position++;
            // The key is base64 and ends with = itself: only the first one separates.
            var equals = pair.IndexOf('=');
            if (equals <= 0 || equals == pair.Length - 1)
                return $"its part {position} has no {(equals == 0 ? "name" : "value")}";
            if (!parts.TryAdd(pair[..equals].Trim(), pair[(equals + 1)..].Trim()))
                return $"its part {position} repeats the name of an earlier one";
        }

        if (parts.ContainsKey("SharedAccessSignature"))
            return "it holds a SharedAccessSignature, which the Kafka endpoint does not take; use a SharedAccessKey, or a token credential";
        foreach (var name in (ReadOnlySpan<string>)["Endpoint", "SharedAccessKeyName", "SharedAccessKey"])
        {
            if (!parts.ContainsKey(name))
                return $"it has no {name}";
        }

        return Uri.TryCreate(parts["Endpoint"], UriKind.Absolute, out endpoint)
               && endpoint is { Scheme: "sb", Host.Length: > 0, UserInfo: "", AbsolutePath: "" or "/" }
            ? null
            : "its Endpoint is no sb://{host}/";
    }
}
