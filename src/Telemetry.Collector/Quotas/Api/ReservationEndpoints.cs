using System.Buffers;
using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>Reservations: made, settled, released, extended.</summary>
internal sealed class ReservationEndpoints(IQuotaLedger ledger, QuotaRules rules, DecisionEndpoints decisions)
{
    private const int ReservationIndex = 5;
    private const int MaxPending = 128;

    /// <summary>Holds an amount for a task, or says why not.</summary>
    public async Task ReserveAsync(HttpContext context)
    {
        if (!decisions.TryReadSubject(context, out var user, out var resource) || await QuotaGate.ReadBodyAsync(context) is not { } read)
            return;
        var problem = QuotaBodyParser.Parse(read.Buffer, QuotaShape.Reserve, rules, out var body);
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (problem is not null)
        {
            DecisionEndpoints.Invalid(context, problem);
            return;
        }

        (body.User, body.Resource) = (user, resource);
        var answer = await Reserve(ledger, body);
        if (answer.Status != QuotaStatus.Ok)
        {
            QuotaReply.SendStatus(context.Response, answer);
            return;
        }

        if (answer.Value!.Reservation is { } reservation)
        {
            // As the caller wrote it: it is right for the same reader.
            context.Response.Headers.Location =
                $"/v1/quotas/{Uri.EscapeDataString(user)}/{resource}/reservations/{Uri.EscapeDataString(reservation.Id)}";
        }

        QuotaReply.Send(context.Response, JsonBytes.Rent().Result(answer.Value), answer.Value.Reservation is null ? 200 : 201);
    }

    /// <summary>Holds an amount for each of these tasks; each is decided by itself, in their order.</summary>
    public async Task ReserveManyAsync(HttpContext context)
    {
        if (await QuotaGate.ReadBodyAsync(context) is not { } read)
            return;
        // Owned by this method, returned at its end.
        var bodies = ArrayPool<QuotaBody>.Shared.Rent(QuotaBodyParser.MaxBatch);
        var count = 0;
        try
        {
            var problem = QuotaBodyParser.ParseBatch(read.Buffer, "reservations", QuotaShape.ReserveOfBatch, rules, bodies, out count);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (problem is not null)
            {
                DecisionEndpoints.Invalid(context, problem);
                return;
            }

            var answers = new QuotaAnswer<ReservationResult>[count];
            await BatchRun.RunAsync(
                count, MaxPending, answers, (ledger, bodies),
                static (state, i) => Reserve(state.ledger, state.bodies[i]));
            var json = JsonBytes.Rent().Raw("{\"results\":["u8);
            for (var i = 0; i < count; i++)
            {
                json.Raw(i == 0 ? ""u8 : ","u8);
                if (answers[i].Status == QuotaStatus.Ok)
                    json.Result(answers[i].Value!);
                else
                    json.Error(answers[i]);
            }

            QuotaReply.Send(context.Response, json.Raw("]}"u8));
        }
        finally
        {
            bodies.AsSpan(0, Math.Min(count + 1, bodies.Length)).Clear();
            ArrayPool<QuotaBody>.Shared.Return(bodies);
        }
    }

    /// <summary>A reservation as it stands.</summary>
    public async Task GetAsync(HttpContext context)
    {
        if (!TryReadReservation(context, out var user, out var resource, out var reservation))
            return;
        var answer = await ledger.FindReservationAsync(user, resource, reservation, default);
        if (answer.Status == QuotaStatus.Ok)
            QuotaReply.Send(context.Response, JsonBytes.Rent().Held(answer.Value));
        else
            QuotaReply.SendStatus(context.Response, answer);
    }

    /// <summary>Says what the task really used.</summary>
    public Task SettleAsync(HttpContext context) => ChangeAsync(
        context, QuotaShape.Settle,
        (user, resource, reservation, body) => ledger.SettleAsync(user, resource, reservation, body.Amount, default));

    /// <summary>Makes it larger, longer, or both.</summary>
    public Task ExtendAsync(HttpContext context) => ChangeAsync(
        context, QuotaShape.Extend,
        (user, resource, reservation, body) => ledger.ExtendAsync(
            user, resource, reservation, body.Amount, body.Has(QuotaMembers.TtlSeconds) ? body.TimeToLive : null, default));

    /// <summary>Gives it back. A body is not needed and not read.</summary>
    public async Task ReleaseAsync(HttpContext context)
    {
        if (TryReadReservation(context, out var user, out var resource, out var reservation))
            Send(context, await ledger.ReleaseAsync(user, resource, reservation, default));
    }

    private async Task ChangeAsync(
        HttpContext context, QuotaShape shape, Func<string, string, string, QuotaBody, ValueTask<QuotaAnswer<ReservationResult>>> change)
    {
        if (!TryReadReservation(context, out var user, out var resource, out var reservation)
            || await QuotaGate.ReadBodyAsync(context) is not { } read)
        {
            return;
        }

        var problem = QuotaBodyParser.Parse(read.Buffer, shape, rules, out var body);
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (problem is null && body.Present == QuotaMembers.None)
            problem = $"The body is empty: name one of {shape.AllowedNames} at least.";
        if (problem is not null)
            DecisionEndpoints.Invalid(context, problem);
        else
            Send(context, await change(user, resource, reservation, body));
    }

    private static void Send(HttpContext context, in QuotaAnswer<ReservationResult> answer)
    {
        if (answer.Status == QuotaStatus.Ok)
            QuotaReply.Send(context.Response, JsonBytes.Rent().Result(answer.Value!));
        else
            QuotaReply.SendStatus(context.Response, answer);
    }

    private bool TryReadReservation(HttpContext context, out string user, out string resource, out string reservation)
    {
        reservation = "";
        if (!decisions.TryReadSubject(context, out user, out resource))
            return false;
        if (RawPath.TryRead(context, ReservationIndex, out reservation))
            return true;
        DecisionEndpoints.Invalid(context, RawPath.Problem);
        return false;
    }

    private static ValueTask<QuotaAnswer<ReservationResult>> Reserve(IQuotaLedger ledger, in QuotaBody body) => ledger.ReserveAsync(
        new ReservationRequest(body.User!, body.Tenant, body.Resource!, body.Task!, body.Amount, body.TimeToLive, body.IdempotencyKey), default);
}
