using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Telemetry.Collector.DirectTopics.Audit;
using Telemetry.Collector.DirectTopics.Proof;
using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.DirectTopics.Api;

/// <summary><c>/v1/audit</c>, <c>/v1/ingestion</c> and <c>/v1/dead-letters/replay</c>.</summary>
internal static class DirectTopicsEndpoints
{
    /// <summary>Names the next page where the body, CSV, has no place for it.</summary>
    private const string NextHeader = "Next-Page";

    public static void MapDirectTopics(this WebApplication app)
    {
        if (app.Services.GetService<IDirectTopicsStore>() is null)
            return;
        app.MapGet("/v1/audit", AuditAsync).WithTags("Audit")
            .Produces<AuditListResponse>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapGet("/v1/ingestion", IngestionAsync).WithTags("Ingestion").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        app.MapPost("/v1/dead-letters/replay", ReplayAsync).WithTags("Dead letters")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Who did what to which resource, newest first.</summary>
    internal static async Task<IResult> AuditAsync(
        [AsParameters] AuditQuery query, IDirectTopicsStore store, HttpResponse response, CancellationToken cancellationToken)
    {
        var (filter, problem) = query.Parse();
        if (problem is not null)
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        var records = await store.FindAuditAsync(filter, cancellationToken);
        var next = records.Count == filter.Limit ? AuditCursor.Of(records[^1]).ToString() : null;
        if (query.Format != "csv")
            return TypedResults.Json(new AuditListResponse(records, next), DirectTopicsJsonContext.Default.AuditListResponse);
        if (next is not null)
            response.Headers[NextHeader] = next;
        return TypedResults.Text(AuditCsv.Of(records), "text/csv; charset=utf-8");
    }

    /// <summary>Kafka's offsets against those stored, for every partition of every direct topic.</summary>
    internal static async Task<JsonHttpResult<IngestionResponse>> IngestionAsync(
        IngestionWatch watch, IDirectTopicsStore store, CancellationToken cancellationToken)
    {
        var partitions = watch.Partitions;
        var ranges = partitions.Where(partition => partition.Committed > partition.Low)
            .Select(partition => new PartitionRange(partition.Topic, partition.Partition, partition.Low, partition.Committed!.Value)).ToList();
        var stored = (await store.CountAsync(ranges, cancellationToken)).ToDictionary(count => (count.Topic, count.Partition));
        var proofs = partitions.Select(partition => PartitionProof.Of(partition, stored.GetValueOrDefault((partition.Topic, partition.Partition)))).ToList();
        var missing = proofs.Sum(proof => proof.Missing);
        return TypedResults.Json(
            new IngestionResponse(missing == 0, proofs.Sum(proof => proof.Lag), missing, proofs), DirectTopicsJsonContext.Default.IngestionResponse);
    }

    /// <summary>Decodes a topic's dead letters again, after the schema or the catalog was mended.</summary>
    /// <param name="topic">A direct topic.</param>
    /// <param name="schemas">The direct topics.</param>
    /// <param name="store">The tables.</param>
    /// <param name="ledger">The quotas, where there are any: to them rows appear where all was read already.</param>
    /// <param name="cancellationToken">The request's.</param>
    internal static async Task<Results<JsonHttpResult<ReplayResult>, ProblemHttpResult>> ReplayAsync(
        string topic, DirectTopicSchemas schemas, IDirectTopicsStore store, [FromServices] IQuotaLedger? ledger, CancellationToken cancellationToken)
    {
        if (schemas.Find(topic) is null)
        {
            return TypedResults.Problem(
                $"'{topic}' is no direct topic; these are {string.Join(", ", schemas.All.Select(schema => schema.Topic))}.",
                statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            return TypedResults.Json(await store.ReplayAsync(topic, cancellationToken), DirectTopicsJsonContext.Default.ReplayResult);
        }
        finally
        {
            // Also where it failed: some rows may be there.
            ledger?.InvalidateAll();
        }
    }
}
