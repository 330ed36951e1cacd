using System.Runtime.CompilerServices;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Says before the first event whether the proxy takes it. Stores nothing.</summary>
internal sealed class RestProxyPreflight(RestProxyTransportOptions options, RestProxyParts parts)
{
    private const string Section = RestProxyTransportOptions.SectionName;
    // Room for a partition key beside the event.
    private const int KeyBytes = 256;

    public async IAsyncEnumerable<PreflightFinding> CheckAsync(
        PreflightRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var finding = await parts.Probe.FindAsync(cancellationToken).ConfigureAwait(false);
        using var exchange = new Exchange();
        if (finding.Endpoint is { } configured)
            finding = await ConfirmAsync(finding, configured, exchange, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
            yield break;

        yield return Reachable(finding);
        yield return Authenticated(finding);
        yield return Dialect(finding);
        foreach (var topic in request.Topics)
        {
            if (cancellationToken.IsCancellationRequested)
                yield break;
            yield return finding.Endpoint is { } endpoint
                ? await TopicAsync(endpoint, topic, exchange, cancellationToken).ConfigureAwait(false)
                : new PreflightFinding(PreflightStatus.NotChecked, $"topic {topic}", "The proxy could not be asked.");
        }

        yield return Size(request, finding.Endpoint?.Layout ?? RecordLayout.For(RestProxyDialect.ConfluentV3, options.Format));
        yield return Timeouts(request);
    }

    /// <summary>A dialect that was configured has not been asked for yet.</summary>
    private async Task<DialectFinding> ConfirmAsync(
        DialectFinding finding, ProxyEndpoint endpoint, Exchange exchange, CancellationToken cancellationToken)
    {
        if (options.Dialect == RestProxyDialect.Auto)
            return finding;
        var path = endpoint.Dialect == RestProxyDialect.ConfluentV3 ? $"v3/clusters/{Uri.EscapeDataString(endpoint.ClusterId!)}" : "topics";
        var reply = await GetAsync(new Uri(endpoint.Address, path), exchange, cancellationToken).ConfigureAwait(false);
        return parts.Probe.Failure(reply) ?? (reply.IsSuccess
            ? finding
            : new DialectFinding(
                null,
                DeliveryOutcome.Retriable(RestProxyOutcomes.UnknownDialect),
                $"{parts.Url} answers GET {path} with {reply.Status}, so it does not speak {endpoint.Dialect} as configured.",
                $"Set {Section}:Dialect to Auto{(endpoint.ClusterId is null ? "" : ", or correct ClusterId")}."));
    }

    private PreflightFinding Reachable(DialectFinding finding) => finding.Outcome.Reason switch
    {
        RestProxyOutcomes.Unreachable or RestProxyOutcomes.TimedOut or RestProxyOutcomes.ConnectionLost or RestProxyOutcomes.CircuitOpen =>
            new(PreflightStatus.Failed, "reachable", finding.Detail, finding.Advice),
        RestProxyOutcomes.TokenUnavailable or RestProxyOutcomes.Cancelled or RestProxyOutcomes.Rejected =>
            new(PreflightStatus.NotChecked, "reachable", finding.Detail, finding.Advice),
        _ => new(PreflightStatus.Ok, "reachable", $"{parts.Url} answers."),
    };

    private PreflightFinding Authenticated(DialectFinding finding)
    {
        if (finding.Outcome.Reason is RestProxyOutcomes.Unauthenticated or RestProxyOutcomes.Unauthorized or RestProxyOutcomes.TokenUnavailable)
            return new(PreflightStatus.Failed, "authenticated", finding.Detail, finding.Advice);
        if (finding.Endpoint is null)
            return new(PreflightStatus.NotChecked, "authenticated", "The proxy could not be asked.");
        if (!parts.Credentials.Exist)
            return new(PreflightStatus.Ok, "authenticated", "The proxy asks for no credentials, and none are set.");
        return parts.Url.Base.Scheme == Uri.UriSchemeHttp && !parts.Url.Base.IsLoopback
            ? new(
                PreflightStatus.Warning, "authenticated", "The proxy accepts the credentials, which travel unencrypted over http://.",
                "Use https://.")
            : new(PreflightStatus.Ok, "authenticated", "The proxy accepts the credentials.");
    }

    private static PreflightFinding Dialect(DialectFinding finding) => finding switch
    {
        { Endpoint: not null } => new(PreflightStatus.Ok, "dialect", finding.Detail),
        { Outcome.Reason: RestProxyOutcomes.UnknownDialect } => new(PreflightStatus.Failed, "dialect", finding.Detail, finding.Advice),
        _ => new(PreflightStatus.NotChecked, "dialect", "The proxy could not be asked."),
    };

    private async Task<PreflightFinding> TopicAsync(
        ProxyEndpoint endpoint, string topic, Exchange exchange, CancellationToken cancellationToken)
    {
        var name = options.TopicNames.TryGetValue(topic, out var mapped) ? mapped : topic;
        var check = $"topic {topic}";
        var reply = await GetAsync(endpoint.TopicUri(name), exchange, cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { IsSuccess: true } => new(PreflightStatus.Ok, check, $"Topic {name} exists."),
            { Status: 404 } => new(
                PreflightStatus.Failed, check, $"The proxy knows no topic {name}.",
                $"Create it, or map it to an existing one in {Section}:TopicNames."),
            { Status: 401 or 403 } => new(
                PreflightStatus.Warning, check, $"The credentials may not look at topic {name} (status {reply.Status}); they may still write to it.",
                "Grant them to describe and write the topic."),
            _ => new(
                PreflightStatus.NotChecked, check,
                $"The proxy did not tell ({(reply.Status > 0 ? $"status {reply.Status}" : reply.OutcomeWithoutStatus().Reason)})."),
        };
    }

    private PreflightFinding Size(PreflightRequest request, RecordLayout layout)
    {
        var needed = RecordEncoder.MaxRequestBytes(layout, KeyBytes, request.MaxEventBytes);
        return needed <= options.MaxRequestBytes
            ? new(
                PreflightStatus.Ok, "request size",
                $"The largest event needs a request of {needed} bytes; the limit set here is {options.MaxRequestBytes}. The proxy does not tell its own.")
            : new(
                PreflightStatus.Warning, "request size",
                $"The largest event ({request.MaxEventBytes} bytes) needs a request of {needed} bytes, more than MaxRequestBytes ({options.MaxRequestBytes}); it is sent alone.",
                $"If the proxy takes that much, raise {Section}:MaxRequestBytes; else lower TelemetryEvents:MaxEventBytes.");
    }

    private PreflightFinding Timeouts(PreflightRequest request) => options.RequestTimeout < request.ShutdownTimeout
        ? new(
            PreflightStatus.Ok, "time-outs",
            $"A request may take {options.RequestTimeout}, which leaves time to try again within the shutdown time of {request.ShutdownTimeout}.")
        : new(
            PreflightStatus.Warning, "time-outs",
            $"A request may take {options.RequestTimeout}, which is not below the shutdown time of {request.ShutdownTimeout}: a request that gets no answer uses up all of it.",
            $"Lower {Section}:RequestTimeout or raise TelemetryEvents:ShutdownTimeout.");

    private ValueTask<ProxyReply> GetAsync(Uri uri, Exchange exchange, CancellationToken cancellationToken) =>
        parts.Client.SendAsync(new ProxyRequest(HttpMethod.Get, uri, "application/json, application/vnd.kafka.v2+json"), exchange, cancellationToken);
}
