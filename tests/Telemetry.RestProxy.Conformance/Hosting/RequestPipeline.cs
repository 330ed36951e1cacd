using Telemetry.RestProxy.Conformance.Dialects;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Hosting;

/// <summary>The one place that knows the order: control, prefix, authentication, encoding, dialect.</summary>
internal sealed class RequestPipeline(
    RestProxyServerOptions options, RestApi api, ControlEndpoint control, RequestLog log, CancellationToken stopping)
{
    private readonly Authentication _authentication = new(options);
    private readonly PathString _prefix = new(options.PathPrefix is null ? "" : "/" + options.PathPrefix.Trim('/'));

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ControlEndpoint.Root, StringComparison.Ordinal))
        {
            await control.HandleAsync(context);
            return;
        }

        var isOurs = context.Request.Path.StartsWithSegments(_prefix, StringComparison.Ordinal, out var path);
        var exchange = new Exchange(context, log, stopping)
        {
            Segments = path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
        try
        {
            if (!isOurs)
                await api.RefuseAsync(exchange, StatusCodes.Status404NotFound);
            else if (!_authentication.IsAllowed(context))
                await api.RefuseAsync(exchange, StatusCodes.Status401Unauthorized);
            else if (!options.AcceptGzip && RequestBody.IsGzip(context))
                await api.RefuseAsync(exchange, StatusCodes.Status415UnsupportedMediaType);
            else
                await api.HandleAsync(exchange);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // The client gave up, or the server stops: there is nobody to answer.
            context.Abort();
        }
        finally
        {
            exchange.Log();
        }
    }
}
