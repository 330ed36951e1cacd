using Microsoft.AspNetCore.Http.HttpResults;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary><c>/v1/runs</c>.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/runs").WithTags("Runs").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("", ListAsync).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("{id}", GetAsync).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("{id}/explain", ExplainAsync).ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Lists runs, newest first.</summary>
    internal static async Task<Results<Ok<RunListResponse>, ContentHttpResult, ProblemHttpResult>> ListAsync(
        [AsParameters] RunQuery query, IRunStore store, CancellationToken cancellationToken)
    {
        var (filter, isCsv, problem) = query.Parse();
        if (problem is not null)
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);

        var runs = await store.FindAsync(filter, cancellationToken);
        var responses = runs.Select(RunResponse.From);
        return isCsv ? TypedResults.Text(RunCsv.Of(responses), CsvWriter.ContentType) : TypedResults.Ok(new RunListResponse([.. responses]));
    }

    /// <summary>One run with its metrics.</summary>
    internal static async Task<Results<Ok<RunResponse>, ProblemHttpResult>> GetAsync(
        string id, IRunStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(id, cancellationToken) is { } run
            ? TypedResults.Ok(RunResponse.From(run))
            : NotFound(id);

    /// <summary>How a run's figures came about: the queries, the samples, the methods, and every revision.</summary>
    internal static async Task<Results<Ok<ExplainResponse>, ProblemHttpResult>> ExplainAsync(
        string id, IRunStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(id, cancellationToken) is { } run
            ? TypedResults.Ok(ExplainResponse.From(run, await store.GetRevisionsAsync(id, cancellationToken)))
            : NotFound(id);

    private static ProblemHttpResult NotFound(string id) => TypedResults.Problem(
        $"There is no run with id '{id}'. Ids stand in /v1/runs; a run by its task_id is at /v1/runs?task=TASK_ID.",
        statusCode: StatusCodes.Status404NotFound);
}
