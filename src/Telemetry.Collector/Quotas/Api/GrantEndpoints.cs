using System.Text.Json;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary><c>/v1/quotas/{user}/{resource}/grants</c>.</summary>
internal static class GrantEndpoints
{
    private const int GrantIndex = 5;

    public static void MapGrants(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1/quotas/{user}/{resource}/grants").WithTags("Quota limits")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("", List).Produces<GrantListResponse>();
        group.MapPost("", AddAsync).Accepts<GrantDocument>("application/json").Produces<GrantDocument>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("{id}", Get).Produces<GrantDocument>();
        group.MapDelete("{id}", EndAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>A user's grants, ended ones among them.</summary>
    private static IResult List(HttpContext context, LimitBook book, QuotaRules rules) =>
        Subject(context, rules, out var user, out var resource) is { } problem
            ? problem
            : TypedResults.Json(
                new GrantListResponse([.. book.Grants(user, resource).Select(GrantDocument.From)]), LimitJson.Default.GrantListResponse);

    private static IResult Get(HttpContext context, LimitBook book, QuotaRules rules)
    {
        if (Subject(context, rules, out var user, out var resource) is { } problem)
            return problem;
        return RawPath.TryRead(context, GrantIndex, out var id) && book.Find(new LimitSubject(LimitKind.Grant, user, resource, id)) is { } entry
            ? TypedResults.Json(entry.Change.After!.Value.Deserialize(LimitJson.Default.GrantDocument), LimitJson.Default.GrantDocument)
            : LimitRequests.NotFound($"There is no grant '{id}' of user '{user}'.");
    }

    /// <summary>Gives a user more than the allowance.</summary>
    private static async Task<IResult> AddAsync(HttpContext context, LimitBook book, QuotaRules rules, TimeProvider time)
    {
        if (Subject(context, rules, out var user, out var resource) is { } wrong)
            return wrong;
        var (document, problem) = await LimitRequests.ReadAsync(context.Request, LimitJson.Default.GrantDocument);
        if (document is null)
            return LimitRequests.Invalid(problem!);
        var mistakes = new LimitMistakes();
        var grant = new LimitReader(mistakes, rules.Resources).ReadGrant(document, time.GetUtcNow());
        if (mistakes.Any)
            return LimitRequests.Invalid(string.Join(' ', mistakes.Sentences));
        if (book.Resolve(user, null, resource).Limit?.Period.Kind == QuotaPeriodKind.Rolling)
        {
            return TypedResults.Problem(
                $"The limit of '{resource}' for user '{user}' is a rolling one, which takes no grants: there is no period that they would go beyond. " +
                "Set another limit for the user first.", statusCode: StatusCodes.Status409Conflict);
        }

        var after = LimitJson.Element(grant);
        var subject = new LimitSubject(LimitKind.Grant, user, resource, grant.Id);
        var result = await book.WriteAsync(
            new LimitWrite(subject, LimitRequests.WhoOf(context), _ => after, IfNone: true), context.RequestAborted);
        if (result.Status == LimitWriteStatus.Changed)
            return TypedResults.Problem(result.Reason, statusCode: StatusCodes.Status409Conflict);
        if (result.Status != LimitWriteStatus.Done)
            return LimitRequests.Refused(context, result);
        context.Response.Headers.Location = $"/v1/quotas/{Uri.EscapeDataString(user)}/{resource}/grants/{grant.Id}";
        return TypedResults.Json(GrantDocument.From(grant), LimitJson.Default.GrantDocument, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Ends a grant now: what usage has taken from it stays taken, the rest is gone.</summary>
    private static async Task<IResult> EndAsync(HttpContext context, LimitBook book, QuotaRules rules, TimeProvider time)
    {
        if (Subject(context, rules, out var user, out var resource) is { } problem)
            return problem;
        if (!RawPath.TryRead(context, GrantIndex, out var id))
            return LimitRequests.Invalid(RawPath.Problem);
        var now = time.GetUtcNow();
        var subject = new LimitSubject(LimitKind.Grant, user, resource, id);
        var result = await book.WriteAsync(context.Write(subject, before => Ended(before, now)), context.RequestAborted);
        return result.Status == LimitWriteStatus.Done ? TypedResults.NoContent() : LimitRequests.Refused(context, result);
    }

    // One that nobody could have used yet goes without a trace but the history's.
    private static JsonElement? Ended(JsonElement? before, DateTimeOffset now)
    {
        if (before?.Deserialize(LimitJson.Default.GrantDocument)?.ToGrant() is not { } grant || grant.EffectiveFrom >= now)
            return null;
        return grant.ExpiresAt <= now ? before : LimitJson.Element(grant with { ExpiresAt = now });
    }

    private static IResult? Subject(HttpContext context, QuotaRules rules, out string user, out string resource)
    {
        resource = "";
        if (!LimitRequests.TryReadName(context, DecisionEndpoints.UserIndex, out user)
            || !RawPath.TryRead(context, DecisionEndpoints.ResourceIndex, out resource))
        {
            return LimitRequests.Invalid(RawPath.Problem);
        }

        return rules.Resources.Contains(resource)
            ? null
            : LimitRequests.NotFound($"There is no resource '{resource}': there are {rules.Resources.Listed}.");
    }
}
