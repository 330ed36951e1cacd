using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace Telemetry.Collector.Api;

/// <summary>A store that does not answer is 503, with the cause in the log and not in the reply.</summary>
internal sealed class StoreExceptionHandler(ILogger<StoreExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DbException)
            return false;

        Log.StoreDidNotAnswer(logger, httpContext.Request.Path, exception);
        httpContext.Response.Headers.RetryAfter = "5";
        await TypedResults
            .Problem(
                "The store does not answer. Try again; /health/ready and the Collector's log say more.",
                statusCode: StatusCodes.Status503ServiceUnavailable)
            .ExecuteAsync(httpContext);
        return true;
    }
}
