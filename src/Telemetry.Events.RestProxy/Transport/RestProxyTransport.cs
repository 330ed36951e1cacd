using System.Collections.Concurrent;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Sends events to a Kafka REST proxy, several requests at a time, and reports what became of each event.</summary>
internal sealed class RestProxyTransport : IEventTransport, ITransportPreflight, IDisposable
{
    public const string TransportName = "rest-proxy";

    private readonly RestProxyTransportOptions _options;
    private readonly RestProxyParts _parts;
    private readonly ConcurrentBag<BatchPlan> _plans = [];

    public RestProxyTransport(RestProxyTransportOptions options, RestProxyParts parts)
    {
        _options = options;
        _parts = parts;
        // A batch of the publisher's is then one request, and while one is answered the others are under way.
        Parallelism = new SendParallelism(options.MaxConnections, options.MaxBatchRecords);
    }

    public string Name => TransportName;

    public SendParallelism Parallelism { get; }

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (batch.IsEmpty)
            return;
        if (await FindEndpointAsync(outcomes, cancellationToken).ConfigureAwait(false) is not { } endpoint)
            return;

        var plan = _plans.TryTake(out var used) ? used : new BatchPlan();
        try
        {
            plan.Load(batch.Span, _options.MaxConnections, _parts.Limits.MaxRecordsFor(endpoint.Dialect), _parts.Limits.MaxBytes);
            if (plan.Lanes == 1)
            {
                await _parts.Sender.SendAsync(plan, 0, endpoint, batch, outcomes, cancellationToken).ConfigureAwait(false);
                return;
            }

            var lanes = new Task[plan.Lanes];
            for (var lane = 0; lane < lanes.Length; lane++)
                lanes[lane] = _parts.Sender.SendAsync(plan, lane, endpoint, batch, outcomes, cancellationToken);
            await Task.WhenAll(lanes).ConfigureAwait(false);
        }
        finally
        {
            plan.Clear();
            _plans.Add(plan);
        }
    }

    public IAsyncEnumerable<PreflightFinding> CheckAsync(PreflightRequest request, CancellationToken cancellationToken = default) =>
        new RestProxyPreflight(_options, _parts).CheckAsync(request, cancellationToken);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // A container that is disposed synchronously would throw for one that cannot be.
    public void Dispose() => _parts.Dispose();

    /// <summary>The proxy's endpoint; without one all events wait, for the reason that probing gave.</summary>
    private async ValueTask<ProxyEndpoint?> FindEndpointAsync(Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        DeliveryOutcome outcome;
        try
        {
            var finding = await _parts.Endpoints.GetAsync(cancellationToken).ConfigureAwait(false);
            if (finding.Endpoint is { } endpoint)
                return endpoint;
            outcome = finding.Outcome;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Disposed while it was probing: nothing was sent.
            outcome = DeliveryOutcome.Retriable(RestProxyOutcomes.Cancelled);
        }

        outcomes.Span.Fill(outcome);
        return null;
    }
}
