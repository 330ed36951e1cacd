using System.Collections.Concurrent;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.IntegrationTests.Quotas.Consuming;

/// <summary>Writes down what the stream says.</summary>
internal sealed class RecordingLedger : IUsageSink, IQuotaLedger
{
    private volatile UsagePositions _stored = UsagePositions.None;

    public ConcurrentQueue<(string Topic, int Partition, long Offset)> Applied { get; } = new();

    public UsagePositions Stored => _stored;

    public int CaughtUps { get; private set; }

    public int Invalidations { get; private set; }

    public void Begin(UsagePositions positions) => _stored = positions;

    public UsageOutcome Apply(string topic, int partition, long offset, long timestamp, ReadOnlySpan<byte> value)
    {
        Applied.Enqueue((topic, partition, offset));
        return UsageOutcome.Counted;
    }

    public void StoredUpTo(UsagePositions positions) => _stored = positions;

    public void CaughtUp() => CaughtUps++;

    public void InvalidateAll() => Invalidations++;

    public ValueTask<QuotaAnswer<QuotaDecision>> CheckAsync(
        string user, string? tenant, string resource, QuotaAmount amount, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<QuotaAnswer<QuotaBalance>> GetBalanceAsync(string user, string? tenant, string resource, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<QuotaAnswer<ReservationResult>> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<QuotaAnswer<ReservationResult>> SettleAsync(
        string user, string resource, string reservation, QuotaAmount actual, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<QuotaAnswer<ReservationResult>> ReleaseAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<QuotaAnswer<ReservationResult>> ExtendAsync(
        string user, string resource, string reservation, QuotaAmount more, TimeSpan? timeToLive, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<QuotaAnswer<HeldAmount>> FindReservationAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken) => throw new NotSupportedException();
}
