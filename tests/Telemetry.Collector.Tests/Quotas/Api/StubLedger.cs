using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Api;

/// <summary>Answers every question in one way: for what the real ledger does only in bad times.</summary>
internal sealed class StubLedger : IQuotaLedger
{
    public QuotaStatus Status { get; set; }

    public string? Reason { get; set; }

    /// <summary>What is thrown instead; null for nothing.</summary>
    public Exception? Defect { get; set; }

    public ValueTask<QuotaAnswer<QuotaDecision>> CheckAsync(
        string user, string? tenant, string resource, QuotaAmount amount, CancellationToken cancellationToken) => Answer<QuotaDecision>();

    public ValueTask<QuotaAnswer<QuotaBalance>> GetBalanceAsync(string user, string? tenant, string resource, CancellationToken cancellationToken) =>
        Answer<QuotaBalance>();

    public ValueTask<QuotaAnswer<ReservationResult>> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken) => Answer<ReservationResult>();

    public ValueTask<QuotaAnswer<ReservationResult>> SettleAsync(
        string user, string resource, string reservation, QuotaAmount actual, CancellationToken cancellationToken) => Answer<ReservationResult>();

    public ValueTask<QuotaAnswer<ReservationResult>> ReleaseAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken) => Answer<ReservationResult>();

    public ValueTask<QuotaAnswer<ReservationResult>> ExtendAsync(
        string user, string resource, string reservation, QuotaAmount more, TimeSpan? timeToLive, CancellationToken cancellationToken) =>
        Answer<ReservationResult>();

    public ValueTask<QuotaAnswer<HeldAmount>> FindReservationAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken) => Answer<HeldAmount>();

    public void InvalidateAll()
    {
    }

    // Behind an await, as an answer that took a query.
    private async ValueTask<QuotaAnswer<T>> Answer<T>()
    {
        await Task.Yield();
        return Defect is { } defect ? throw defect : new QuotaAnswer<T>(Status, default, Reason);
    }
}
