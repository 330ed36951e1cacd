using System.Globalization;
using Azure.Core;
using Telemetry.Events.Kafka;

namespace Telemetry.Events.EventHubs;

/// <summary>
/// What the Kafka endpoint asks of any client, from "Apache Kafka configurations" of the Event Hubs documentation.
/// </summary>
internal sealed class EventHubsClientSettings
{
    /// <summary>Azure closes a connection that was idle for this long, without telling the client.</summary>
    public const int AzureIdleMilliseconds = 240_000;

    /// <summary>Half a minute and more below Azure's own limit.</summary>
    private const int IdleMilliseconds = 180_000;

    private EventHubsClientSettings(string bootstrapServers, string protocol, string mechanism)
    {
        BootstrapServers = bootstrapServers;
        Properties["security.protocol"] = protocol;
        Properties["sasl.mechanism"] = mechanism;
        Properties["metadata.max.age.ms"] = IdleMilliseconds.ToString(CultureInfo.InvariantCulture);
        Properties["connections.max.idle.ms"] = IdleMilliseconds.ToString(CultureInfo.InvariantCulture);
        Properties["socket.keepalive.enable"] = "true";
    }

    public string BootstrapServers { get; }

    /// <summary>librdkafka properties, secrets included.</summary>
    public Dictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Null where a password is used.</summary>
    public Func<CancellationToken, ValueTask<KafkaAccessToken>>? AccessTokenProvider { get; private init; }

    public static EventHubsClientSettings For(EventHubsConnectionString connection)
    {
        var settings = new EventHubsClientSettings(
            $"{connection.Namespace}:{connection.Port}",
            connection.UseDevelopmentEmulator ? "SASL_PLAINTEXT" : "SASL_SSL",
            "PLAIN");
        settings.Properties["sasl.username"] = "$ConnectionString";
        settings.Properties["sasl.password"] = connection.Value;
        return settings;
    }

    public static EventHubsClientSettings For(string host, int port, TokenCredential credential)
    {
        var request = new TokenRequestContext([$"https://{host}/.default"]);
        return new EventHubsClientSettings($"{host}:{port}", "SASL_SSL", "OAUTHBEARER")
        {
            AccessTokenProvider = async cancellation =>
            {
                var token = await credential.GetTokenAsync(request, cancellation).ConfigureAwait(false);
                return new KafkaAccessToken(token.Token, token.ExpiresOn);
            },
        };
    }
}
