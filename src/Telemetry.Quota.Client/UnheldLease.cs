namespace Telemetry.Quota.Client;

/// <summary>Stands for a lease where the service did not answer and work goes on all the same. Nothing is held, so nothing is to be done.</summary>
internal sealed class UnheldLease(decimal amount) : IQuotaLease
{
    public string Id => "";

    public decimal Amount => amount;

    public DateTimeOffset ExpiresAt => DateTimeOffset.MaxValue;

    public bool IsHeld => false;

    public ValueTask<QuotaChange> SettleAsync(decimal actual, CancellationToken cancellationToken = default) => new(new QuotaChange(QuotaChangeOutcome.Done));

    public ValueTask<QuotaChange> ReleaseAsync(CancellationToken cancellationToken = default) => new(new QuotaChange(QuotaChangeOutcome.Done));

    public ValueTask<QuotaChange> ExtendAsync(decimal more, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        new(new QuotaChange(QuotaChangeOutcome.Done));

    public ValueTask DisposeAsync() => default;
}
