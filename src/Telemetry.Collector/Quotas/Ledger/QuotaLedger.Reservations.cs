using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Calls that change reservations: decided and held under the lock, written outside of it, answered when that is acknowledged.</summary>
internal sealed partial class QuotaLedger
{
    /// <exception cref="ArgumentOutOfRangeException">The amount is not positive, or the time to live neither positive nor allowed.</exception>
    public ValueTask<QuotaAnswer<ReservationResult>> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.Task);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Amount, QuotaAmount.Zero);
        CheckTimeToLive(request.TimeToLive);
        return TryFind(request.Resource, out var index, out var reason, out var status)
            ? ReserveAsync(new ReserveCall(request, index), cancellationToken)
            : new(new QuotaAnswer<ReservationResult>(status, null, reason));
    }

    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public ValueTask<QuotaAnswer<ReservationResult>> SettleAsync(
        string user, string resource, string reservation, QuotaAmount actual, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(actual, QuotaAmount.Zero);
        return ChangeAsync(
            user, resource, reservation, (shard, state, entry, now) => shard.Settle(state, entry, now, actual), cancellationToken);
    }

    public ValueTask<QuotaAnswer<ReservationResult>> ReleaseAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken) =>
        ChangeAsync(user, resource, reservation, (shard, state, entry, now) => shard.Release(state, entry, now), cancellationToken);

    /// <exception cref="ArgumentOutOfRangeException">The amount is negative, or the time to live neither positive nor allowed.</exception>
    public ValueTask<QuotaAnswer<ReservationResult>> ExtendAsync(
        string user, string resource, string reservation, QuotaAmount more, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, QuotaAmount.Zero);
        if (timeToLive is { } time)
            CheckTimeToLive(time);
        return ChangeAsync(
            user, resource, reservation, (shard, state, entry, now) => shard.Extend(state, entry, now, more, timeToLive), cancellationToken);
    }

    public async ValueTask<QuotaAnswer<HeldAmount>> FindReservationAsync(
        string user, string resource, string reservation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!TryFind(resource, out var index, out var reason, out var status))
            return new QuotaAnswer<HeldAmount>(status, default, reason);
        if (!HasReservation(user, index, reservation))
            return Unknown<HeldAmount>(reservation);
        var found = await WithUserAsync(
            user,
            null,
            (_, state, now) => state.Reservations?.Find(reservation) is { } entry
                ? new HeldAmount(entry.Current ?? entry.Latest, entry.Outstanding(DateTimeOffset.FromUnixTimeMilliseconds(now)))
                : default(HeldAmount?),
            cancellationToken).ConfigureAwait(false);
        if (found.Status != QuotaStatus.Ok)
            return new QuotaAnswer<HeldAmount>(found.Status, default, found.Reason);
        return found.Value is { } held ? new QuotaAnswer<HeldAmount>(QuotaStatus.Ok, held, null) : Unknown<HeldAmount>(reservation);
    }

    private async ValueTask<QuotaAnswer<ReservationResult>> ReserveAsync(ReserveCall call, CancellationToken cancellationToken)
    {
        var user = call.Request.User;
        try
        {
            return await ChangeAsync(
                user, call.Request.Tenant, (shard, state, now) => shard.Reserve(state, call, now), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (call.Probe is not null)
                OnUser(user, (shard, state) => shard.EndCall(state, call));
        }
    }

    private static QuotaAnswer<T> Unknown<T>(string reservation) =>
        new(QuotaStatus.UnknownReservation, default, $"There is no reservation '{reservation}' of this user and resource.");

    private void CheckTimeToLive(TimeSpan timeToLive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeToLive, _context.Options.MaxReservationTtl);
    }

    private ValueTask<QuotaAnswer<ReservationResult>> ChangeAsync(
        string user,
        string resource,
        string reservation,
        Func<LedgerShard, UserState, ReservationEntry, long, ReservationStep> change,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!TryFind(resource, out var index, out var reason, out var status))
            return new(new QuotaAnswer<ReservationResult>(status, null, reason));
        if (!HasReservation(user, index, reservation))
            return new(Unknown<ReservationResult>(reservation));
        return ChangeAsync(
            user,
            null,
            (shard, state, now) => state.Reservations?.Find(reservation) is { } entry && entry.Resource == index
                ? change(shard, state, entry, now)
                : new ReservationStep(Unknown<ReservationResult>(reservation)),
            cancellationToken);
    }

    private async ValueTask<QuotaAnswer<ReservationResult>> ChangeAsync(
        string user, string? tenant, Func<LedgerShard, UserState, long, ReservationStep> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = await WithUserAsync(user, tenant, change, cancellationToken).ConfigureAwait(false);
            if (step.Status != QuotaStatus.Ok)
                return new QuotaAnswer<ReservationResult>(step.Status, null, step.Reason);
            if (step.Value.WaitFor is { } other)
            {
                await other.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (step.Value.Write is not { } entry)
                return step.Value.Answer!.Value;
            // Whoever does not wait any more does not stop it: what is written would be held by nobody's knowledge otherwise.
            var failure = await WriteAsync(user, entry).WaitAsync(cancellationToken).ConfigureAwait(false);
            return failure is null
                ? step.Value.Answer!.Value
                : new QuotaAnswer<ReservationResult>(QuotaStatus.LogUnavailable, null, failure);
        }
    }
}
