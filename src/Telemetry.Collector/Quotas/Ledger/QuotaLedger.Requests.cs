using System.Buffers;
using System.Text;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Questions that change nothing.</summary>
internal sealed partial class QuotaLedger
{
    // Nearly every name fits in it, and clearing it costs little.
    private const int QuickLength = 64;

    public ValueTask<QuotaAnswer<QuotaDecision>> CheckAsync(
        string user, string? tenant, string resource, QuotaAmount amount, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!TryFind(resource, out var index, out var reason, out var status))
            return new(new QuotaAnswer<QuotaDecision>(status, default, reason));
        return TryCheck(user, tenant, index, amount, out var decision)
            ? new(new QuotaAnswer<QuotaDecision>(QuotaStatus.Ok, decision, null))
            : CheckLoadedAsync(user, tenant, index, amount, cancellationToken);
    }

    public ValueTask<QuotaAnswer<QuotaBalance>> GetBalanceAsync(
        string user, string? tenant, string resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return TryFind(resource, out var index, out var reason, out var status)
            ? WithUserAsync(user, tenant, (shard, state, now) => shard.Balance(state, user, index, now), cancellationToken)
            : new(new QuotaAnswer<QuotaBalance>(status, default, reason));
    }

    private ValueTask<QuotaAnswer<QuotaDecision>> CheckLoadedAsync(
        string user, string? tenant, int index, QuotaAmount amount, CancellationToken cancellationToken) =>
        WithUserAsync(user, tenant, (shard, state, now) => shard.Check(state, index, now, amount), cancellationToken);

    // The way of nearly every call: no allocation, and no continuation.
    private bool TryCheck(string user, string? tenant, int index, in QuotaAmount amount, out QuotaDecision decision)
    {
        Span<byte> buffer = stackalloc byte[QuickLength];
        // Other names take the way of those who are not in memory.
        if (Ascii.FromUtf16(user, buffer, out var length) != OperationStatus.Done)
        {
            decision = default;
            return false;
        }

        ReadOnlySpan<byte> name = buffer[..length];
        var key = TextKey.OfUser(name);
        var shard = ShardOf(key);
        var now = _context.RecentNow;
        lock (shard.Lock)
            return shard.TryCheck(key, name, tenant, index, now, amount, out decision);
    }
}
