using Microsoft.AspNetCore.Http.HttpResults;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary><c>/v1/aggregates</c>.</summary>
internal static class AggregateEndpoints
{
    public static void MapAggregates(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/v1/aggregates", ListAsync)
        .WithTags("Runs")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Sums over runs, per user, model, node, VM type, day, or several of them.</summary>
    internal static async Task<Results<Ok<AggregateListResponse>, ContentHttpResult, ProblemHttpResult>> ListAsync(
        [AsParameters] AggregateQuery query, IRunStore store, CancellationToken cancellationToken)
    {
        var (wanted, isCsv, problem) = query.Parse();
        if (problem is not null)
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);

        var aggregates = await store.AggregateAsync(wanted, cancellationToken);
        return isCsv
            ? TypedResults.Text(Csv(query.Names, aggregates), CsvWriter.ContentType)
            : TypedResults.Ok(new AggregateListResponse([.. aggregates.Select(one => new AggregateResponse(
                query.Names.Zip(one.Key).ToDictionary(key => key.First, key => key.Second), one.Runs, one.Measured, one.Seconds,
                [.. one.Sums.Select(SumResponse.From)]))]));
    }

    private static string Csv(IReadOnlyList<string> names, IReadOnlyList<RunAggregate> aggregates)
    {
        var csv = new CsvWriter().Line([.. names, "runs", "measured", "seconds", "metric", "aggregation", "unit", "metric_runs", "value", "lo", "hi"]);
        foreach (var one in aggregates)
        {
            foreach (var sum in one.Sums.DefaultIfEmpty())
            {
                csv.Line([
                    .. one.Key, one.Runs, one.Measured, one.Seconds, sum?.Metric, sum?.Aggregation, sum?.Unit, sum?.Runs, sum?.Value, sum?.Lo,
                    sum?.Hi,
                ]);
            }
        }

        return csv.ToString();
    }
}
