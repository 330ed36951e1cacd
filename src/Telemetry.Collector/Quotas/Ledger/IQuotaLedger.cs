using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>
/// Who has used and reserved how much. Safe for use from any thread. Calls complete at once where the user is in memory and nothing is
/// written; another user costs one query to the store, a change of a reservation one acknowledged append to the state log.
/// </summary>
/// <remarks>
/// A user's state has one owner. Nothing outside may assume that all users are here: an answer can be
/// <see cref="QuotaStatus.NotOwned"/>.
/// </remarks>
internal interface IQuotaLedger
{
    /// <summary>May this amount be spent now? Holds nothing.</summary>
    ValueTask<QuotaAnswer<QuotaDecision>> CheckAsync(
        string user, string? tenant, string resource, QuotaAmount amount, CancellationToken cancellationToken);

    /// <summary>How the user stands.</summary>
    ValueTask<QuotaAnswer<QuotaBalance>> GetBalanceAsync(string user, string? tenant, string resource, CancellationToken cancellationToken);

    /// <summary>Holds an amount, or says why not.</summary>
    ValueTask<QuotaAnswer<ReservationResult>> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken);

    /// <summary>Says what the task really used: the rest is free, and what has not come as usage events stays held for a grace.</summary>
    ValueTask<QuotaAnswer<ReservationResult>> SettleAsync(
        string user, string resource, string reservation, QuotaAmount actual, CancellationToken cancellationToken);

    /// <summary>Gives it back.</summary>
    ValueTask<QuotaAnswer<ReservationResult>> ReleaseAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken);

    /// <summary>Makes it larger, by a decision, or longer, or both.</summary>
    ValueTask<QuotaAnswer<ReservationResult>> ExtendAsync(
        string user, string resource, string reservation, QuotaAmount more, TimeSpan? timeToLive, CancellationToken cancellationToken);

    /// <summary>A reservation as it stands, ended ones among them as long as they are kept.</summary>
    ValueTask<QuotaAnswer<HeldAmount>> FindReservationAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken);

    /// <summary>The store has changed below its positions: users in memory are read again when they are asked for.</summary>
    void InvalidateAll();
}
