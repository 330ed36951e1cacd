using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>The addresses of the Quota Service.</summary>
internal static class QuotaEndpoints
{
    private const string Tag = "Quotas";

    /// <summary>Maps them, where the Quota Service is there.</summary>
    public static void MapQuotas(this WebApplication app)
    {
        if (app.Services.GetService<IQuotaLedger>() is not { } ledger)
            return;
        var rules = app.Services.GetRequiredService<QuotaRules>();
        var gate = app.Services.GetRequiredService<QuotaGate>();
        var decisions = new DecisionEndpoints(ledger, rules);
        var reservations = new ReservationEndpoints(ledger, rules, decisions);

        const string Subject = "/v1/quotas/{user}/{resource}";
        const string Reservation = Subject + "/reservations/{id}";
        Get("/v1/quotas/{user}", nameof(QuotaDescriptions.Balances), decisions.GetBalancesAsync).Produces<QuotaDescriptions.BalancesReply>();
        Get(Subject, nameof(QuotaDescriptions.Balance), decisions.GetBalanceAsync).Produces<QuotaDescriptions.BalanceReply>();
        Post(Subject + "/check", nameof(QuotaDescriptions.Check), decisions.CheckAsync).Produces<QuotaDescriptions.DecisionReply>();
        Post("/v1/quotas/check", nameof(QuotaDescriptions.CheckMany), decisions.CheckManyAsync).Produces<QuotaDescriptions.DecisionsReply>();
        Post(Subject + "/reservations", nameof(QuotaDescriptions.Reserve), reservations.ReserveAsync)
            .Produces<QuotaDescriptions.ResultReply>(StatusCodes.Status201Created).Produces<QuotaDescriptions.ResultReply>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        Post("/v1/quotas/reservations", nameof(QuotaDescriptions.ReserveMany), reservations.ReserveManyAsync)
            .Produces<QuotaDescriptions.ResultsReply>();
        Get(Reservation, nameof(QuotaDescriptions.Reservation), reservations.GetAsync).Produces<QuotaDescriptions.ReservationReply>();
        Post(Reservation + "/settle", nameof(QuotaDescriptions.Settle), reservations.SettleAsync).Produces<QuotaDescriptions.ResultReply>();
        Post(Reservation + "/release", nameof(QuotaDescriptions.Reservation), reservations.ReleaseAsync).Produces<QuotaDescriptions.ResultReply>();
        Post(Reservation + "/extend", nameof(QuotaDescriptions.Extend), reservations.ExtendAsync).Produces<QuotaDescriptions.ResultReply>();

        app.MapLimits();
        app.MapGrants();

        RouteHandlerBuilder Get(string pattern, string description, Func<HttpContext, Task> handle) =>
            Describe(app.MapGet(pattern, gate.Guard(handle)), description);

        RouteHandlerBuilder Post(string pattern, string description, Func<HttpContext, Task> handle) =>
            Describe(app.MapPost(pattern, gate.Guard(handle)), description);
    }

    // Run by the routing itself, without the middleware behind it (docs/decisions/0050); the gate does what that would do.
    private static RouteHandlerBuilder Describe(IEndpointConventionBuilder endpoint, string description)
    {
        var method = QuotaDescriptions.Of(description);
        endpoint.WithMetadata([method, .. method.GetParameters().Select(parameter => new DescribedParameter(parameter))]).WithTags(Tag).ShortCircuit();
        return new RouteHandlerBuilder([endpoint])
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status421MisdirectedRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }
}
