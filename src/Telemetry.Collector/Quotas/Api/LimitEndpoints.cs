using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Limits.Documents;

namespace Telemetry.Collector.Quotas.Api;

/// <summary><c>/v1/quota-plans</c>, <c>/v1/quota-limits</c> and <c>/v1/quota-changes</c>.</summary>
internal static class LimitEndpoints
{
    private const int PlanIndex = 2;
    private const int NameIndex = 3;
    private const int ResourceIndex = 4;
    private const int DefaultChanges = 100;

    public static void MapLimits(this IEndpointRouteBuilder endpoints)
    {
        var plans = endpoints.MapGroup("/v1/quota-plans").WithTags("Quota limits");
        plans.MapGet("", ListPlans).Produces<PlanListResponse>();
        Map(plans, "{plan}", LimitKind.Plan, PlanIndex);

        var limits = endpoints.MapGroup("/v1/quota-limits").WithTags("Quota limits");
        Map(limits, "default", LimitKind.Default, null);
        Map(limits, "users/{user}", LimitKind.User, NameIndex);
        MapResource(limits, "users/{user}/{resource}", LimitKind.User);
        Map(limits, "tenants/{tenant}", LimitKind.Tenant, NameIndex);
        MapResource(limits, "tenants/{tenant}/{resource}", LimitKind.Tenant);

        endpoints.MapGet("/v1/quota-changes", ListChanges).WithTags("Quota limits").Produces<ChangeListResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static void Map(RouteGroupBuilder group, string pattern, LimitKind kind, int? nameIndex)
    {
        group.MapGet(pattern, (HttpContext context, LimitBook book) => WithSubject(context, kind, nameIndex, subject => Get(context, book, subject)))
            .Produces<LimitEntryResponse>().ProducesProblem(StatusCodes.Status404NotFound);
        Writing(group.MapPut(pattern, (HttpContext context, LimitBook book, QuotaRules rules) => WithSubjectAsync(
            context, kind, nameIndex, subject => PutAsync(context, book, rules, subject)))
            .Accepts<LimitSetDocument>("application/json").Produces<LimitEntryResponse>());
        Writing(group.MapDelete(pattern, (HttpContext context, LimitBook book) => WithSubjectAsync(
            context, kind, nameIndex, subject => WriteAsync(context, book, context.Write(subject, static _ => null))))
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound));
    }

    private static void MapResource(RouteGroupBuilder group, string pattern, LimitKind kind)
    {
        group.MapGet(pattern, (HttpContext context, LimitBook book) => WithSubject(
            context, kind, NameIndex, subject => GetResource(context, book, subject)))
            .Produces<LimitDocument>().ProducesProblem(StatusCodes.Status404NotFound);
        Writing(group.MapPut(pattern, (HttpContext context, LimitBook book, QuotaRules rules) => WithSubjectAsync(
            context, kind, NameIndex, subject => PutResourceAsync(context, book, rules, subject)))
            .Accepts<LimitDocument>("application/json").Produces<LimitEntryResponse>());
        Writing(group.MapDelete(pattern, (HttpContext context, LimitBook book) => WithSubjectAsync(
            context, kind, NameIndex, subject => DeleteResourceAsync(context, book, subject)))
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound));
    }

    private static void Writing(RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static JsonHttpResult<PlanListResponse> ListPlans(LimitBook book) => TypedResults.Json(
        new PlanListResponse([.. book.List(LimitKind.Plan).Select(plan => LimitEntryResponse.From(plan, book.IsFileInForce))]),
        LimitJson.Default.PlanListResponse);

    private static IResult ListChanges(string? limit, LimitBook book)
    {
        var values = new Collector.Api.QueryValues();
        var count = values.Limit(limit, DefaultChanges, ChangeHistory.Capacity);
        return values.Problem is { } problem
            ? LimitRequests.Invalid(problem)
            : TypedResults.Json(new ChangeListResponse(book.Changes(count)), LimitJson.Default.ChangeListResponse);
    }

    private static IResult Get(HttpContext context, LimitBook book, LimitSubject subject) =>
        book.Find(subject) is { } entry ? Entry(context, book, entry) : LimitRequests.NotFound($"There is no entry for {subject}.");

    private static IResult GetResource(HttpContext context, LimitBook book, LimitSubject subject)
    {
        if (!RawPath.TryRead(context, ResourceIndex, out var resource))
            return LimitRequests.Invalid(RawPath.Problem);
        if (book.Find(subject) is not { } entry || SetOf(entry.Change.After).Limits?.GetValueOrDefault(resource) is not { } limit)
            return LimitRequests.NotFound($"{subject} has no limit of '{resource}' for itself.");
        context.Response.Headers.ETag = entry.Tag;
        return TypedResults.Json(limit, LimitJson.Default.LimitDocument);
    }

    private static async Task<IResult> PutAsync(HttpContext context, LimitBook book, QuotaRules rules, LimitSubject subject)
    {
        var (document, problem) = await LimitRequests.ReadAsync(context.Request, LimitJson.Default.LimitSetDocument);
        if (document is null)
            return LimitRequests.Invalid(problem!);
        var mistakes = new LimitMistakes();
        if (subject.Kind == LimitKind.Plan && document.Plan is not null)
            mistakes.Add("$.plan", document.Plan, "leave it out: a plan has no plan");
        if (subject.Kind == LimitKind.Default && document.Limits is not null)
            mistakes.Add("$.limits", "an object", "leave it out: the default is a plan");
        if (subject.Kind == LimitKind.Default && document.Plan is null)
            mistakes.Add("$.plan", null, "name a plan");
        var set = new LimitReader(mistakes, rules.Resources).ReadSet(document, "$");
        if (mistakes.Any)
            return LimitRequests.Invalid(string.Join(' ', mistakes.Sentences));
        var after = LimitJson.Element(set);
        return await WriteAsync(context, book, context.Write(subject, _ => after));
    }

    private static async Task<IResult> PutResourceAsync(HttpContext context, LimitBook book, QuotaRules rules, LimitSubject subject)
    {
        if (!RawPath.TryRead(context, ResourceIndex, out var resource) || !rules.Resources.Contains(resource))
            return LimitRequests.NotFound($"There is no resource '{resource}': there are {rules.Resources.Listed}.");
        var (document, problem) = await LimitRequests.ReadAsync(context.Request, LimitJson.Default.LimitDocument);
        if (document is null)
            return LimitRequests.Invalid(problem!);
        var mistakes = new LimitMistakes();
        var limit = LimitDocument.From(new LimitReader(mistakes, rules.Resources).ReadLimit(document, "$"));
        if (mistakes.Any)
            return LimitRequests.Invalid(string.Join(' ', mistakes.Sentences));
        return await WriteAsync(context, book, context.Write(subject, before => Changed(before, limits => limits[resource] = limit)));
    }

    private static async Task<IResult> DeleteResourceAsync(HttpContext context, LimitBook book, LimitSubject subject)
    {
        if (!RawPath.TryRead(context, ResourceIndex, out var resource))
            return LimitRequests.Invalid(RawPath.Problem);
        if (book.Find(subject) is not { } entry || SetOf(entry.Change.After).Limits?.ContainsKey(resource) != true)
            return LimitRequests.NotFound($"{subject} has no limit of '{resource}' for itself.");
        return await WriteAsync(context, book, context.Write(subject, before => Changed(before, limits => limits.Remove(resource))), isRemoval: true);
    }

    // An entry with nothing in it is none.
    private static JsonElement? Changed(JsonElement? before, Action<SortedDictionary<string, LimitDocument?>> change)
    {
        var set = SetOf(before);
        var limits = new SortedDictionary<string, LimitDocument?>(StringComparer.Ordinal);
        foreach (var (resource, limit) in set.Limits ?? new Dictionary<string, LimitDocument?>())
            limits.Add(resource, limit);
        change(limits);
        return limits.Count == 0 && set.Plan is null
            ? null
            : JsonSerializer.SerializeToElement(set with { Limits = limits.Count == 0 ? null : limits }, LimitJson.Default.LimitSetDocument);
    }

    private static async Task<IResult> WriteAsync(HttpContext context, LimitBook book, LimitWrite write, bool isRemoval = false)
    {
        var result = await book.WriteAsync(write, context.RequestAborted);
        if (result.Status != LimitWriteStatus.Done)
            return LimitRequests.Refused(context, result);
        return result.Entry is null || isRemoval ? TypedResults.NoContent() : Entry(context, book, result.Entry);
    }

    private static JsonHttpResult<LimitEntryResponse> Entry(HttpContext context, LimitBook book, LimitEntry entry)
    {
        context.Response.Headers.ETag = entry.Tag;
        return TypedResults.Json(LimitEntryResponse.From(entry, book.IsFileInForce), LimitJson.Default.LimitEntryResponse);
    }

    private static LimitSetDocument SetOf(JsonElement? entry) =>
        entry?.Deserialize(LimitJson.Default.LimitSetDocument) ?? new LimitSetDocument(null, null);

    private static IResult WithSubject(HttpContext context, LimitKind kind, int? index, Func<LimitSubject, IResult> act) =>
        Subject(context, kind, index, out var problem) is { } subject ? act(subject) : LimitRequests.Invalid(problem);

    private static async Task<IResult> WithSubjectAsync(HttpContext context, LimitKind kind, int? index, Func<LimitSubject, Task<IResult>> act) =>
        Subject(context, kind, index, out var problem) is { } subject ? await act(subject) : LimitRequests.Invalid(problem);

    private static LimitSubject? Subject(HttpContext context, LimitKind kind, int? index, out string problem)
    {
        problem = "";
        if (index is null)
            return new LimitSubject(kind, "");
        if (!LimitRequests.TryReadName(context, index.Value, out var name))
            problem = RawPath.Problem;
        else if (kind == LimitKind.Plan && !LimitNames.IsPlan(name))
            problem = $"'{name}' is no plan: write {LimitNames.PlanForm}.";
        return problem.Length == 0 ? new LimitSubject(kind, name) : null;
    }
}
