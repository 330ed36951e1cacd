using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>What the ledger answers, as JSON.</summary>
internal static class QuotaJson
{
    public static JsonBytes Decision(this JsonBytes json, in QuotaDecision decision) => json.Raw("{"u8).Figures(decision).Raw("}"u8);

    /// <summary>A reservation that was made or changed, or why not.</summary>
    public static JsonBytes Result(this JsonBytes json, ReservationResult result)
    {
        json.Raw("{"u8).Figures(result.Decision);
        if (result.Reservation is { } reservation)
            return json.Raw(",\"reservation\":"u8).Reservation(reservation, outstanding: null).Raw("}"u8);
        json.Raw(",\"held_by\":["u8);
        for (var i = 0; i < result.HeldBy.Count; i++)
            json.Raw(i == 0 ? ""u8 : ","u8).Held(result.HeldBy[i]);
        return json.Raw("],\"frees_at\":"u8).Time(result.FreesAt).Raw("}"u8);
    }

    public static JsonBytes Held(this JsonBytes json, in HeldAmount held) => json.Reservation(held.Reservation, held.Outstanding);

    public static JsonBytes Reservation(this JsonBytes json, Reservation reservation, QuotaAmount? outstanding)
    {
        json.Raw("{\"id\":"u8).Text(reservation.Id)
            .Raw(",\"user\":"u8).Text(reservation.User)
            .Raw(",\"resource\":"u8).Text(reservation.Resource)
            .Raw(",\"task_id\":"u8).Text(reservation.Task)
            .Raw(",\"amount\":"u8).Amount(reservation.Amount);
        if (outstanding is { } held)
            json.Raw(",\"outstanding\":"u8).Amount(held);
        return json.Raw(",\"state\":"u8).Raw(StateOf(reservation.State))
            .Raw(",\"created_at\":"u8).Time(reservation.CreatedAt)
            .Raw(",\"expires_at\":"u8).Time(reservation.ExpiresAt)
            .Raw(",\"revision\":"u8).Number(reservation.Revision).Raw("}"u8);
    }

    public static JsonBytes Balance(this JsonBytes json, QuotaBalance balance)
    {
        json.Raw("{\"user\":"u8).Text(balance.User).Raw(",\"resource\":"u8).Text(balance.Resource)
            .Raw(",\"source\":"u8).Text(balance.Policy.Source).Raw(",\"allowance\":"u8);
        var limit = balance.Policy.Limit;
        if (limit is null)
            json.Raw("null"u8);
        else
            json.Allowance(limit);
        json.Raw(",\"period_start\":"u8).Time(balance.PeriodStart).Raw(",\"period_end\":"u8).Time(balance.PeriodEnd).Raw(","u8)
            .Figures(balance.Decision).Raw(",\"overage\":"u8).Amount(balance.Overage).Raw(",\"grants\":["u8);
        for (var i = 0; i < balance.Grants.Count; i++)
            json.Raw(i == 0 ? ""u8 : ","u8).Grant(balance.Grants[i]);
        json.Raw("],\"thresholds\":["u8);
        for (var i = 0; i < (limit?.Thresholds.Count ?? 0); i++)
            json.Raw(i == 0 ? ""u8 : ","u8).Threshold(limit!, limit!.Thresholds[i], balance.Decision.Used);
        json.Raw("],\"reservations\":["u8);
        for (var i = 0; i < balance.HeldBy.Count; i++)
            json.Raw(i == 0 ? ""u8 : ","u8).Held(balance.HeldBy[i]);
        return json.Raw("]}"u8);
    }

    // Without a limit nothing limits what is available; a number would be a wrong one.
    private static JsonBytes Figures(this JsonBytes json, in QuotaDecision decision) => json
        .Raw(decision.IsGranted ? "\"granted\":true,\"over_limit\":"u8 : "\"granted\":false,\"over_limit\":"u8)
        .Raw(decision.IsOverLimit ? "true,\"limit\":"u8 : "false,\"limit\":"u8).Amount(decision.Limit)
        .Raw(",\"used\":"u8).Amount(decision.Used)
        .Raw(",\"reserved\":"u8).Amount(decision.Reserved)
        .Raw(",\"available\":"u8).Amount(decision.Available.Units == Int128.MaxValue ? null : decision.Available);

    private static JsonBytes Allowance(this JsonBytes json, QuotaLimit limit)
    {
        var period = limit.Period;
        json.Raw("{\"amount\":"u8).Amount(limit.Amount).Raw(",\"period\":"u8).Text(QuotaPeriodNames.Of(period.Kind));
        if (QuotaPeriodNames.HasZone(period.Kind))
            json.Raw(",\"zone\":"u8).Text(period.Zone);
        if (period.Kind == QuotaPeriodKind.Rolling)
        {
            json.Raw(",\"length_seconds\":"u8).Number((long)period.Length.TotalSeconds)
                .Raw(",\"step_seconds\":"u8).Number((long)period.Step.TotalSeconds);
        }

        return json.Raw(",\"enforcement\":"u8).Raw(limit.IsHard ? "\"hard\"}"u8 : "\"soft\"}"u8);
    }

    private static JsonBytes Grant(this JsonBytes json, in GrantBalance grant) => json
        .Raw("{\"id\":"u8).Text(grant.Grant.Id).Raw(",\"amount\":"u8).Amount(grant.Grant.Amount)
        .Raw(",\"remaining\":"u8).Amount(grant.Remaining).Raw(",\"priority\":"u8).Number(grant.Grant.Priority)
        .Raw(",\"effective_from\":"u8).Time(grant.Grant.EffectiveFrom).Raw(",\"expires_at\":"u8).Time(grant.Grant.ExpiresAt).Raw("}"u8);

    // used / amount >= percent / 100 without a division; a thousand times the largest amount is beyond Int128.
    private static JsonBytes Threshold(this JsonBytes json, QuotaLimit limit, int percent, QuotaAmount used) => json
        .Raw("{\"percent\":"u8).Number(percent).Raw(",\"reached\":"u8)
        .Boolean((System.Numerics.BigInteger)used.Units * 100 >= (System.Numerics.BigInteger)limit.Amount.Units * percent).Raw("}"u8);

    private static ReadOnlySpan<byte> StateOf(ReservationState state) => state switch
    {
        ReservationState.Active => "\"active\""u8,
        ReservationState.Settled => "\"settled\""u8,
        _ => "\"released\""u8,
    };
}
