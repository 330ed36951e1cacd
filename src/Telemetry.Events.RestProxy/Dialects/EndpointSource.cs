using Microsoft.Extensions.Logging;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Keeps the endpoint that probing found; probes again while there is none, and after one stopped working. Safe for use from any
/// thread: one of them probes, the others wait for it.
/// </summary>
internal sealed class EndpointSource(DialectProbe probe, Uri address, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _probing = new(1, 1);
    private volatile DialectFinding? _found;
    private string? _lastFailure;

    /// <exception cref="OperationCanceledException">It was cancelled while another caller was probing.</exception>
    public ValueTask<DialectFinding> GetAsync(CancellationToken cancellationToken) =>
        _found is { } found ? ValueTask.FromResult(found) : new ValueTask<DialectFinding>(ProbeAsync(cancellationToken));

    /// <summary>The next call probes again, unless that has happened already.</summary>
    public void Invalidate(ProxyEndpoint endpoint)
    {
        if (_found is { } found && found.Endpoint == endpoint)
            Interlocked.CompareExchange(ref _found, null, found);
    }

    public void Dispose() => _probing.Dispose();

    private async Task<DialectFinding> ProbeAsync(CancellationToken cancellationToken)
    {
        await _probing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_found is { } meanwhile)
                return meanwhile;
            var finding = await probe.FindAsync(cancellationToken).ConfigureAwait(false);
            if (finding.Endpoint is { } endpoint)
            {
                _found = finding;
                _lastFailure = null;
                logger.DialectFound(endpoint.Address, endpoint.Dialect, endpoint.ClusterId);
            }
            else if (_lastFailure != finding.Detail)
            {
                // The publisher comes back several times a second; one sentence says it.
                _lastFailure = finding.Detail;
                logger.DialectNotFound(address, finding.Detail, finding.Advice);
            }

            return finding;
        }
        finally
        {
            _probing.Release();
        }
    }
}
