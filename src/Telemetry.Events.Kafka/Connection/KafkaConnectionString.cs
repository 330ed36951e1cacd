using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka;

/// <summary>
/// A broker's address with what is needed to log in, in one line, as KAFKA_DIRECT_URL holds it:
/// <c>host:port[,host:port]</c>, or <c>kafka://[user:password@]host:port[,…][?librdkafka.property=value&amp;…]</c>;
/// <c>kafkas://</c> for TLS. User, password and values are percent-encoded. A user without other properties means SASL
/// PLAIN.
/// </summary>
/// <remarks>Immutable. <see cref="ToString"/> masks secrets; <see cref="Properties"/> holds them.</remarks>
public sealed class KafkaConnectionString
{
    private const string Form = "host:port[,host:port] or kafka://[user:password@]host:port[,…][?property=value&…] (kafkas:// for TLS)";

    private const string Mechanism = "sasl.mechanism";
    private static readonly string[] Mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"];

    private KafkaConnectionString(string bootstrapServers, IReadOnlyDictionary<string, string> properties)
    {
        BootstrapServers = bootstrapServers;
        Properties = properties;
    }

    /// <summary>The brokers, <c>host:port[,host:port]</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>librdkafka properties beyond the addresses, secrets included.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Parses a connection string.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none; the message says why and masks secrets.</exception>
    public static KafkaConnectionString Parse(string? text) =>
        TryParse(text, out var result, out var error) ? result : throw new FormatException(error);

    /// <summary>Parses a connection string without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="result">The parsed form, where the result is true.</param>
    /// <param name="error">A sentence with the cause, the form expected and no secret, where the result is false.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out KafkaConnectionString? result,
        [NotNullWhen(false)] out string? error)
    {
        result = null;
        error = Read(text ?? "", out var servers, out var properties);
        if (error is not null)
        {
            error = $"'{KafkaSecrets.MaskUrl(text)}' is no Kafka address: {error}. It reads {Form}.";
            return false;
        }

        result = new KafkaConnectionString(servers, properties);
        return true;
    }

    /// <summary>A new client configuration with these addresses and properties.</summary>
    public ClientConfig ToClientConfig() => new(new Dictionary<string, string>(Properties, StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = BootstrapServers,
    });

    /// <summary>The addresses and properties, secrets masked.</summary>
    public override string ToString() => Properties.Count == 0
        ? BootstrapServers
        : $"{BootstrapServers} ({string.Join(", ", Properties.Select(p => $"{p.Key}={KafkaSecrets.Mask(p.Key, p.Value)}"))})";

    private static string? Read(string text, out string servers, out Dictionary<string, string> properties)
    {
        servers = "";
        properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = text.Trim();
        if (rest.Length == 0)
            return "it is empty";

        var schemeEnd = rest.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd >= 0)
        {
            var scheme = rest[..schemeEnd];
            if (scheme is not ("kafka" or "kafkas"))
                return $"its scheme is '{scheme}', not kafka or kafkas";
            rest = rest[(schemeEnd + 3)..];

            var query = rest.IndexOf('?');
            if (query >= 0)
            {
                // Else the rest of a password would be taken for a property, and quoted as such.
                if (rest.AsSpan(query).Contains('@'))
                    return "an @ stands behind its ?; write ? in a password as %3F, and @ in a property as %40";
                if (ReadProperties(rest[(query + 1)..], properties) is { } queryError)
                    return queryError;
                rest = rest[..query];
            }

            var user = rest.LastIndexOf('@');
            if (ReadUser(user < 0 ? null : rest[..user], scheme == "kafkas", properties) is { } userError)
                return userError;
            rest = rest[(user + 1)..].TrimEnd('/');
        }
        else if (rest.Contains('@'))
        {
            return "a user and password need kafka:// or kafkas:// in front";
        }

        var addresses = rest.Split(',', StringSplitOptions.TrimEntries);
        foreach (var address in addresses)
        {
            if (CheckAddress(address) is { } addressError)
                return addressError;
        }

        servers = string.Join(',', addresses);
        return null;
    }

    private static string? ReadProperties(string query, Dictionary<string, string> properties)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            if (equals <= 0)
                return $"the property '{(equals < 0 ? pair : "")}' has no {(equals < 0 ? "value" : "name")}";
            var name = Uri.UnescapeDataString(pair[..equals]);
            // librdkafka knows it by two names and takes the one that is set last, which would be the PLAIN that a user implies.
            properties[name == "sasl.mechanisms" ? Mechanism : name] = Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return properties.TryGetValue(Mechanism, out var mechanism) && !Mechanisms.Contains(mechanism)
            ? $"{Mechanism} is '{mechanism}', not one of {string.Join(", ", Mechanisms)}"
            : null;
    }

    private static string? ReadUser(string? userInfo, bool tls, Dictionary<string, string> properties)
    {
        if (userInfo is not null)
        {
            var colon = userInfo.IndexOf(':');
            if (colon <= 0)
                return "before the @ it has no user:password";
            properties["sasl.username"] = Uri.UnescapeDataString(userInfo[..colon]);
            properties["sasl.password"] = Uri.UnescapeDataString(userInfo[(colon + 1)..]);
            properties.TryAdd(Mechanism, "PLAIN");
        }

        var sasl = properties.ContainsKey(Mechanism);
        if (tls || sasl)
            properties.TryAdd("security.protocol", (tls, sasl) switch { (true, true) => "SASL_SSL", (true, false) => "SSL", _ => "SASL_PLAINTEXT" });
        return null;
    }

    private static string? CheckAddress(string address)
    {
        var colon = address.LastIndexOf(':');
        if (colon < 0)
            return $"'{address}' has no port";
        var host = address[..colon];
        if (Uri.CheckHostName(host.Trim('[', ']')) == UriHostNameType.Unknown)
            return $"'{host}' is no host name";
        return ushort.TryParse(address.AsSpan(colon + 1), out var port) && port > 0
            ? null
            : $"'{address[(colon + 1)..]}' is no port (1 to 65535)";
    }
}
