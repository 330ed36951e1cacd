using Microsoft.AspNetCore.Http.HttpResults;

namespace Telemetry.Collector.Completeness;

/// <summary><c>/v1/completeness</c>.</summary>
internal static class CompletenessEndpoints
{
    public static void MapCompleteness(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/v1/completeness", GetAsync)
        .WithTags("Completeness")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>What producers report, compared with what arrived.</summary>
    internal static async Task<Results<Ok<CompletenessResponse>, ProblemHttpResult>> GetAsync(
        [AsParameters] CompletenessQuery query, CompletenessCheck check, CancellationToken cancellationToken)
    {
        var (from, to, limit, problem) = query.Parse();
        return problem is null
            ? TypedResults.Ok(CompletenessResponse.From(await check.JudgeAsync(from, to, cancellationToken), limit))
            : TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
    }
}
