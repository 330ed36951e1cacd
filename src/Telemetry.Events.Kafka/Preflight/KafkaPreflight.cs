using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Checks brokers, log-in and topics over a connection of its own, and the settings against what the service sends.</summary>
internal sealed class KafkaPreflight(KafkaTransportOptions options, ProducerConfig config, TimeProvider time, ILogger logger)
{
    private readonly SecretMask _secrets = new(config);

    public async IAsyncEnumerable<PreflightFinding> CheckAsync(
        PreflightRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var tokens = options.AccessTokenProvider is { } provider ? new AccessTokenRefresh(provider, time, logger) : null;
        using var client = new PreflightClient(config, tokens);
        var metadata = await MetadataAsync(client, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
            yield break;
        yield return Reachable(metadata, client);
        yield return Authenticated(metadata, client);
        foreach (var finding in PreflightTopics.Check(request.Topics, options.TopicNames, metadata))
            yield return finding;
        yield return PreflightSizes.OfClient(request.MaxEventBytes, config);
        foreach (var topic in request.Topics)
        {
            var settings = metadata is null ? null : await client.SettingsOfAsync(options.TopicNames.NameOf(topic)).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
                yield break;
            yield return PreflightSizes.OfTopic(topic, settings, request.MaxEventBytes, config);
        }

        yield return PreflightSettings.TimeOuts(request, config);
        yield return PreflightSettings.Compression(config);
    }

    private async Task<Metadata?> MetadataAsync(PreflightClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetMetadataAsync(time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private PreflightFinding Reachable(Metadata? metadata, PreflightClient client)
    {
        const string Check = "brokers";
        if (metadata is { Brokers.Count: var count })
            return new(PreflightStatus.Ok, Check, $"{config.BootstrapServers} answers; the cluster has {count} {(count == 1 ? "broker" : "brokers")}.");
        if (client.AuthenticationError is not null)
            return new(PreflightStatus.Ok, Check, $"{config.BootstrapServers} can be reached.");
        return new(
            PreflightStatus.Failed,
            Check,
            $"No broker of {config.BootstrapServers} can be reached: {_secrets.Mask(client.ConnectionError)}.",
            "Check the addresses in ConnectionString, name resolution and firewalls, and that port and scheme fit (kafkas:// for TLS).");
    }

    private PreflightFinding Authenticated(Metadata? metadata, PreflightClient client)
    {
        const string Check = "log-in";
        if (client.AuthenticationError is { } error)
        {
            return new(
                PreflightStatus.Failed,
                Check,
                $"The brokers refuse the log-in: {_secrets.Mask(error)}.",
                "Check user, password or token, sasl.mechanism, and the certificates where TLS is used.");
        }

        if (metadata is null)
            return new(PreflightStatus.NotChecked, Check, "No broker was reached.");
        return config.Get("security.protocol")?.ToUpperInvariant() switch
        {
            "SASL_PLAINTEXT" => new(
                PreflightStatus.Warning, Check, $"Logged in by {config.Get("sasl.mechanism")}, over a connection that is not encrypted.",
                "Use kafkas:// where the brokers offer TLS."),
            "SASL_SSL" => new(PreflightStatus.Ok, Check, $"Logged in by {config.Get("sasl.mechanism")} over TLS."),
            "SSL" => new(PreflightStatus.Ok, Check, "Connected over TLS."),
            _ => new(PreflightStatus.Ok, Check, "The brokers ask for none, and the connection is not encrypted."),
        };
    }
}
