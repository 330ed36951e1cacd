using System.Buffers;
using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>
/// Balances and checks. From the bytes of the request to the ledger and back, without binding: that is what makes a decision cost what an
/// empty reply costs.
/// </summary>
/// <remarks>
/// A caller who hangs up does not cancel: a decision takes no time, and a user's query to the store is shared with others.
/// </remarks>
internal sealed class DecisionEndpoints(IQuotaLedger ledger, QuotaRules rules)
{
    internal const int UserIndex = 2;
    internal const int ResourceIndex = 3;
    private const int MaxPending = 32;

    /// <summary>How a user stands with one resource.</summary>
    public async Task GetBalanceAsync(HttpContext context)
    {
        if (!TryReadSubject(context, out var user, out var resource))
            return;
        var answer = await ledger.GetBalanceAsync(user, TenantOf(context), resource, default);
        if (answer.Status == QuotaStatus.Ok)
            QuotaReply.Send(context.Response, JsonBytes.Rent().Balance(answer.Value!));
        else
            QuotaReply.SendStatus(context.Response, answer);
    }

    /// <summary>How a user stands with every resource.</summary>
    public async Task GetBalancesAsync(HttpContext context)
    {
        if (!TryReadUser(context, out var user))
            return;
        var tenant = TenantOf(context);
        var balances = new QuotaBalance[rules.Resources.Names.Count];
        for (var i = 0; i < balances.Length; i++)
        {
            var answer = await ledger.GetBalanceAsync(user, tenant, rules.Resources.Names[i], default);
            if (answer.Status != QuotaStatus.Ok)
            {
                QuotaReply.SendStatus(context.Response, answer);
                return;
            }

            balances[i] = answer.Value!;
        }

        var json = JsonBytes.Rent().Raw("{\"user\":"u8).Text(user).Raw(",\"balances\":["u8);
        for (var i = 0; i < balances.Length; i++)
            json.Raw(i == 0 ? ""u8 : ","u8).Balance(balances[i]);
        QuotaReply.Send(context.Response, json.Raw("]}"u8));
    }

    /// <summary>May the user spend this now?</summary>
    public async Task CheckAsync(HttpContext context)
    {
        if (!TryReadSubject(context, out var user, out var resource) || await QuotaGate.ReadBodyAsync(context) is not { } read)
            return;
        var problem = QuotaBodyParser.Parse(read.Buffer, QuotaShape.Check, rules, out var body);
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (problem is not null)
        {
            Invalid(context, problem);
            return;
        }

        var answer = await ledger.CheckAsync(user, body.Tenant, resource, body.Amount, default);
        if (answer.Status == QuotaStatus.Ok)
            QuotaReply.Send(context.Response, JsonBytes.Rent().Decision(answer.Value));
        else
            QuotaReply.SendStatus(context.Response, answer);
    }

    /// <summary>May each of these be spent now? Each is answered by itself.</summary>
    public async Task CheckManyAsync(HttpContext context)
    {
        if (await QuotaGate.ReadBodyAsync(context) is not { } read)
            return;
        // Owned by this method, returned at its end.
        var bodies = ArrayPool<QuotaBody>.Shared.Rent(QuotaBodyParser.MaxBatch);
        var answers = ArrayPool<QuotaAnswer<QuotaDecision>>.Shared.Rent(QuotaBodyParser.MaxBatch);
        var count = 0;
        try
        {
            var problem = QuotaBodyParser.ParseBatch(read.Buffer, "checks", QuotaShape.CheckOfBatch, rules, bodies, out count);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (problem is not null)
            {
                Invalid(context, problem);
                return;
            }

            await BatchRun.RunAsync(
                count, MaxPending, answers, (ledger, bodies),
                static (state, i) => Check(state.ledger, state.bodies[i]));
            var json = JsonBytes.Rent().Raw("{\"decisions\":["u8);
            for (var i = 0; i < count; i++)
            {
                json.Raw(i == 0 ? ""u8 : ","u8);
                if (answers[i].Status == QuotaStatus.Ok)
                    json.Decision(answers[i].Value);
                else
                    json.Error(answers[i]);
            }

            QuotaReply.Send(context.Response, json.Raw("]}"u8));
        }
        finally
        {
            bodies.AsSpan(0, Math.Min(count + 1, bodies.Length)).Clear();
            ArrayPool<QuotaBody>.Shared.Return(bodies);
            answers.AsSpan(0, count).Clear();
            ArrayPool<QuotaAnswer<QuotaDecision>>.Shared.Return(answers);
        }
    }

    internal static void Invalid(HttpContext context, string problem) =>
        QuotaReply.SendProblem(context.Response, 400, "invalid", problem);

    internal static bool TryReadUser(HttpContext context, out string user)
    {
        if (RawPath.TryRead(context, UserIndex, out user) && Limits.Documents.LimitNames.IsId(user))
            return true;
        Invalid(context, RawPath.Problem);
        return false;
    }

    internal bool TryReadSubject(HttpContext context, out string user, out string resource)
    {
        resource = "";
        if (!TryReadUser(context, out user))
            return false;
        if (!RawPath.TryRead(context, ResourceIndex, out var name))
        {
            Invalid(context, RawPath.Problem);
            return false;
        }

        // Whether there is one of this name, the ledger says.
        resource = rules.Resources.Find(name) ?? name;
        return true;
    }

    private static ValueTask<QuotaAnswer<QuotaDecision>> Check(IQuotaLedger ledger, in QuotaBody body) =>
        ledger.CheckAsync(body.User!, body.Tenant, body.Resource!, body.Amount, default);

    private static string? TenantOf(HttpContext context) =>
        context.Request.QueryString.HasValue && context.Request.Query["tenant_id"] is [{ Length: > 0 } tenant] ? tenant : null;
}
