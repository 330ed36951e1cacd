using System.Text.Json;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Asks a proxy what it speaks. Stores nothing.</summary>
internal sealed class DialectProbe(ProxyClient client, RestProxyTransportOptions options, RestProxyUrl url)
{
    private const string Accept = "application/json, application/vnd.kafka.v2+json";

    /// <summary>Probes; where options say enough, without a request.</summary>
    public async Task<DialectFinding> FindAsync(CancellationToken cancellationToken)
    {
        if (options.Dialect is RestProxyDialect.ConfluentV2 or RestProxyDialect.Strimzi)
            return Found(url.Base, options.Dialect, null, "as configured");
        if (options.Dialect == RestProxyDialect.ConfluentV3 && options.ClusterId is not null)
            return Found(url.Base, options.Dialect, options.ClusterId, "as configured");

        using var exchange = new Exchange();
        if (await FindV3Async(exchange, url.Base, cancellationToken).ConfigureAwait(false) is { } v3)
            return v3;
        // Confluent Cloud puts this in front.
        if (url.Base.AbsolutePath == "/" &&
            await FindV3Async(exchange, new Uri(url.Base, "kafka/"), cancellationToken).ConfigureAwait(false) is { } cloud)
        {
            return cloud;
        }

        if (options.Dialect == RestProxyDialect.ConfluentV3)
        {
            return NotFound(
                $"{url} does not answer GET v3/clusters, so it is no Confluent REST Proxy with API v3.",
                "Check the host, the port and the path in Url, or set Dialect to Auto.");
        }

        return await FindV2Async(exchange, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DialectFinding?> FindV3Async(Exchange exchange, Uri address, CancellationToken cancellationToken)
    {
        var path = options.ClusterId is null ? "v3/clusters" : $"v3/clusters/{Uri.EscapeDataString(options.ClusterId)}";
        var reply = await GetAsync(exchange, new Uri(address, path), cancellationToken).ConfigureAwait(false);
        if (Failure(reply) is { } failure)
            return failure;
        if (!reply.IsSuccess)
            return null;
        if (options.ClusterId is not null)
            return Found(address, RestProxyDialect.ConfluentV3, options.ClusterId, "which knows this cluster");

        var clusters = ClusterIds(exchange.Reply.Written);
        return clusters switch
        {
            null => null,
            [var only] => Found(address, RestProxyDialect.ConfluentV3, only, "which names this cluster"),
            [] => NotFound($"{url} speaks Confluent v3 but names no cluster.", "Set ClusterId."),
            _ => NotFound($"{url} names several clusters: {string.Join(", ", clusters)}.", "Set ClusterId to the one that events go to."),
        };
    }

    private async Task<DialectFinding> FindV2Async(Exchange exchange, CancellationToken cancellationToken)
    {
        var root = await GetAsync(exchange, url.Base, cancellationToken).ConfigureAwait(false);
        if (Failure(root) is { } failure)
            return failure;
        if (root.IsSuccess && HasBridgeVersion(exchange.Reply.Written))
            return Found(url.Base, RestProxyDialect.Strimzi, null, "which names its bridge version");

        var topics = await GetAsync(exchange, new Uri(url.Base, "topics"), cancellationToken).ConfigureAwait(false);
        if (Failure(topics) is { } topicsFailure)
            return topicsFailure;
        if (topics.IsSuccess && IsArray(exchange.Reply.Written))
            return Found(url.Base, RestProxyDialect.ConfluentV2, null, "which lists its topics");
        return NotFound(
            $"{url} answers, but as no REST proxy for Kafka: neither GET v3/clusters nor GET / nor GET topics gave what one gives.",
            "Check the host, the port and the path in Url; set Dialect where the proxy hides these paths.");
    }

    private async ValueTask<ProxyReply> GetAsync(Exchange exchange, Uri uri, CancellationToken cancellationToken) =>
        await client.SendAsync(new ProxyRequest(HttpMethod.Get, uri, Accept), exchange, cancellationToken).ConfigureAwait(false);

    private DialectFinding Found(Uri address, RestProxyDialect dialect, string? clusterId, string why) => new(
        new ProxyEndpoint(address, dialect, clusterId, options.Format),
        default,
        $"{dialect}{(clusterId is null ? "" : $", cluster {clusterId}")}, {why}.");

    private static DialectFinding NotFound(string detail, string advice) =>
        new(null, DeliveryOutcome.Retriable(RestProxyOutcomes.UnknownDialect), detail, advice);

    /// <summary>What ends the search, since another path would fare no better.</summary>
    public DialectFinding? Failure(ProxyReply reply) => reply switch
    {
        { Kind: ProxyReplyKind.Received, Status: 401 } => new(
            null, DeliveryOutcome.Retriable(RestProxyOutcomes.Unauthenticated), $"{url} answers 401: it does not accept the credentials.",
            "Set a user and password in Url, or BearerToken."),
        { Kind: ProxyReplyKind.Received, Status: 403 } => new(
            null, DeliveryOutcome.Retriable(RestProxyOutcomes.Unauthorized), $"{url} answers 403: the credentials are good, but not for this.",
            "Let them list clusters and topics, or set Dialect (and ClusterId), which needs no listing."),
        { Kind: ProxyReplyKind.Received, Status: 429 or >= 500 } => new(
            null, RestProxyOutcomes.ForRequest(RestProxyDialect.Auto, reply.Status), $"{url} answers {reply.Status}.", "Look at the proxy's own log."),
        { Kind: ProxyReplyKind.Received } => null,
        _ => Unanswered(reply),
    };

    private DialectFinding Unanswered(ProxyReply reply)
    {
        // Only probes were sent: no event is unknown for it.
        var reason = reply.OutcomeWithoutStatus().Reason!;
        return new DialectFinding(
            null, DeliveryOutcome.Retriable(reason), $"{url} gave no answer: {reason}.", "Check the address, and that the proxy runs and can be reached from here.");
    }

    private static List<string>? ClusterIds(ReadOnlySpan<byte> body)
    {
        using var json = Parse(body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root ||
            !root.TryGetProperty("data", out var data) ||
            data.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return [.. data.EnumerateArray()
            .Select(cluster => cluster.ValueKind == JsonValueKind.Object && cluster.TryGetProperty("cluster_id", out var id) ? id.ToString() : null)
            .OfType<string>()];
    }

    private static bool HasBridgeVersion(ReadOnlySpan<byte> body)
    {
        using var json = Parse(body);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("bridge_version", out _);
    }

    private static bool IsArray(ReadOnlySpan<byte> body)
    {
        using var json = Parse(body);
        return json?.RootElement.ValueKind == JsonValueKind.Array;
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
