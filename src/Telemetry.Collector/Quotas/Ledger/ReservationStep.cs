namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What a call about a reservation has to do next.</summary>
/// <param name="Answer">The answer, where there is one.</param>
/// <param name="Write">The reservation whose change is to be written first; it is held already.</param>
/// <param name="WaitFor">Another call's change of it, which has to be written first; then this call looks again.</param>
internal readonly record struct ReservationStep(
    QuotaAnswer<ReservationResult>? Answer, ReservationEntry? Write = null, Task? WaitFor = null)
{
    public static ReservationStep Ok(ReservationResult result) => new(new QuotaAnswer<ReservationResult>(QuotaStatus.Ok, result, null));

    public static ReservationStep Not(QuotaStatus status, string reason, ReservationResult? result = null) =>
        new(new QuotaAnswer<ReservationResult>(status, result, reason));
}
