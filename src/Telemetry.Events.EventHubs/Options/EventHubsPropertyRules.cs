using System.Globalization;

namespace Telemetry.Events.EventHubs;

/// <summary>The limits that Event Hubs sets to librdkafka's properties.</summary>
internal static class EventHubsPropertyRules
{
    private const int LargestRequestBytes = 1_046_528;
    private const int ShortestRequestMilliseconds = 20_000;

    private static readonly Dictionary<string, (long Min, long Max, string Why)> Ranges = new(StringComparer.Ordinal)
    {
        ["connections.max.idle.ms"] = (1, EventHubsClientSettings.AzureIdleMilliseconds - 1, "Azure drops connections that are idle for 240 s"),
        ["metadata.max.age.ms"] = (1, EventHubsClientSettings.AzureIdleMilliseconds - 1, "Azure drops connections that are idle for 240 s"),
        ["request.timeout.ms"] = (ShortestRequestMilliseconds + 1, 900_000, "Event Hubs takes up to 20 s by itself"),
        ["message.max.bytes"] = (1_000, LargestRequestBytes, "Event Hubs closes the connection on a larger request"),
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = "the namespace says it",
        ["metadata.broker.list"] = "the namespace says it",
        ["security.protocol"] = "Event Hubs speaks SASL_SSL only",
        ["sasl.mechanism"] = "the connection string or the credential says it",
        ["sasl.mechanisms"] = "the connection string or the credential says it",
        ["sasl.username"] = "the connection string says it",
        ["sasl.password"] = "the connection string says it",
        ["compression.type"] = "set Compression",
        ["compression.codec"] = "set Compression",
        ["transactional.id"] = "events are sent without transactions",
    };

    /// <summary>A sentence about a property that Event Hubs cannot work with; else null. No value of an unknown property is shown.</summary>
    public static string? Check(string name, string value)
    {
        if (Refused.TryGetValue(name, out var reason))
            return $"Properties:{name} cannot be set: {reason}. Remove it.";
        if (!Ranges.TryGetValue(name, out var range))
            return null;
        return long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= range.Min && number <= range.Max
            ? null
            : $"Properties:{name} is '{value}'. Set it to a value from {range.Min} to {range.Max}: {range.Why}.";
    }
}
