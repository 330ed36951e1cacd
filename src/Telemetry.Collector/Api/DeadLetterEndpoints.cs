using Microsoft.AspNetCore.Http.HttpResults;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary><c>/v1/dead-letters</c>.</summary>
internal static class DeadLetterEndpoints
{
    public const int DefaultLimit = 20;

    // A letter may be a megabyte in the store, and all that are asked for are in memory at once.
    public const int MaxLimit = 100;

    public static void MapDeadLetters(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/v1/dead-letters", ListAsync)
        .WithTags("Dead letters")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Lists records that could not be used, newest first.</summary>
    /// <param name="limit">1 to 100; default 20.</param>
    /// <param name="store">The store.</param>
    /// <param name="services">Where the direct topics' store is, if there is one.</param>
    /// <param name="cancellationToken">The request's.</param>
    internal static async Task<Results<Ok<DeadLetterListResponse>, ProblemHttpResult>> ListAsync(
        string? limit, IRunStore store, IServiceProvider services, CancellationToken cancellationToken)
    {
        var values = new QueryValues();
        var count = values.Limit(limit, DefaultLimit, MaxLimit);
        if (values.Problem is { } problem)
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);

        var letters = await store.FindDeadLettersAsync(count, cancellationToken);
        if (services.GetService<IDirectTopicsStore>() is { } direct)
        {
            var both = letters.Concat(await direct.FindDeadLettersAsync(count, cancellationToken));
            // In ClickHouse the two have one table.
            letters = [.. both.DistinctBy(letter => (letter.Topic, letter.Partition, letter.Offset)).OrderByDescending(letter => letter.ReceivedAt).Take(count)];
        }

        return TypedResults.Ok(new DeadLetterListResponse([.. letters.Select(DeadLetterResponse.From)]));
    }
}
