using Telemetry.Quota.Client;

namespace Telemetry.Events.Testing;

/// <summary>
/// Takes the Quota Service's place in a test: limits that the test sets, reservations that hold, settle and release as the real ones do.
/// Nothing expires by itself, and usage is what the test says and what leases are settled with. Safe for use from any thread.
/// </summary>
public sealed partial class InMemoryQuota : IQuota
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string User, string Resource), decimal> _limits = [];
    private readonly Dictionary<(string User, string Resource), decimal> _used = [];
    private readonly List<InMemoryReservation> _reservations = [];
    private string? _outage;
    private int _count;

    /// <summary>What it means that the service does not answer. Default <see cref="QuotaFailureMode.FailClosed"/>.</summary>
    public QuotaFailureMode FailureMode { get; set; }

    /// <summary>All reservations that were granted, in their order. A copy.</summary>
    public IReadOnlyList<InMemoryReservation> Reservations
    {
        get
        {
            lock (_lock)
                return [.. _reservations];
        }
    }

    /// <summary>Sets what a user may use of a resource. Without it, everything is granted.</summary>
    /// <param name="user">The user.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="credits">The limit.</param>
    /// <returns>This.</returns>
    public InMemoryQuota SetLimit(string user, string resource, decimal credits)
    {
        lock (_lock)
            _limits[(user, resource)] = credits;
        return this;
    }

    /// <summary>Adds usage.</summary>
    /// <param name="user">The user.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="credits">How much; negative for a correction.</param>
    /// <returns>This.</returns>
    public InMemoryQuota Use(string user, string resource, decimal credits)
    {
        lock (_lock)
            _used[(user, resource)] = _used.GetValueOrDefault((user, resource)) + credits;
        return this;
    }

    /// <summary>From now on there is no answer.</summary>
    /// <param name="reason">Why, as the results say it.</param>
    public void BecomeUnavailable(string reason = "The Quota Service does not answer: the test took it away.")
    {
        lock (_lock)
            _outage = reason;
    }

    /// <summary>From now on there are answers again.</summary>
    public void BecomeAvailable()
    {
        lock (_lock)
            _outage = null;
    }

    /// <inheritdoc/>
    public ValueTask<QuotaReservation> TryReserveAsync(
        string user, string resource, decimal amount, string task, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        ArgumentException.ThrowIfNullOrEmpty(resource);
        ArgumentException.ThrowIfNullOrEmpty(task);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeToLive, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return new(Reserve(user, resource, amount, task, timeToLive));
    }

    /// <inheritdoc/>
    public ValueTask<QuotaCheck> CheckAsync(string user, string resource, decimal amount, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_outage is { } reason)
                return new(new QuotaCheck { Outcome = QuotaOutcome.Unavailable, MayProceed = FailureMode == QuotaFailureMode.FailOpen, Reason = reason });
            var figures = Figures(user, resource);
            var isGranted = !(amount > figures.Available);
            return new(new QuotaCheck
            {
                Outcome = isGranted ? QuotaOutcome.Granted : QuotaOutcome.Denied,
                MayProceed = isGranted,
                Figures = figures,
                Reason = isGranted ? null : $"{amount} credits are more than what is left.",
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask<QuotaBalanceResult> GetBalanceAsync(string user, string resource, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(_outage is { } reason
                ? new QuotaBalanceResult(null, reason)
                : new QuotaBalanceResult(new QuotaBalance(
                    user, resource, _limits.ContainsKey((user, resource)) ? "user" : "none", Figures(user, resource), 0, null, null)));
        }
    }

    private QuotaReservation Reserve(string user, string resource, decimal amount, string task, TimeSpan timeToLive)
    {
        if (_outage is { } reason)
        {
            return new QuotaReservation
            {
                Outcome = QuotaOutcome.Unavailable,
                Lease = FailureMode == QuotaFailureMode.FailOpen ? new Lease(this, new InMemoryReservation("", user, resource, task, amount)) : null,
                Reason = reason,
            };
        }

        var active = _reservations.Where(held => held.State == InMemoryReservationState.Active && held.User == user && held.Resource == resource).ToList();
        if (active.Exists(held => held.Task == task))
            return new QuotaReservation { Outcome = QuotaOutcome.Conflict, Reason = $"The task '{task}' has a reservation already." };
        var figures = Figures(user, resource);
        if (amount > figures.Available)
        {
            return new QuotaReservation
            {
                Outcome = QuotaOutcome.Denied,
                Figures = figures,
                HeldBy = [.. active.Select(held => new QuotaHolder(held.Id, held.Task, held.Amount, held.ExpiresAt))],
                Reason = $"{amount} credits are more than what is left.",
            };
        }

        var made = new InMemoryReservation($"reservation-{++_count}", user, resource, task, amount) { TimeToLive = timeToLive };
        _reservations.Add(made);
        return new QuotaReservation { Outcome = QuotaOutcome.Granted, Lease = new Lease(this, made), Figures = Figures(user, resource) };
    }

    private QuotaFigures Figures(string user, string resource)
    {
        decimal? limit = _limits.TryGetValue((user, resource), out var set) ? set : null;
        var used = _used.GetValueOrDefault((user, resource));
        var reserved = _reservations
            .Where(held => held.State == InMemoryReservationState.Active && held.User == user && held.Resource == resource).Sum(held => held.Amount);
        return new QuotaFigures(limit, used, reserved, limit - used - reserved);
    }

    private QuotaChange Change(InMemoryReservation reservation, Func<QuotaChange> change)
    {
        lock (_lock)
        {
            if (reservation.Id.Length == 0)
                return new QuotaChange(QuotaChangeOutcome.Done);
            if (_outage is { } reason)
                return new QuotaChange(QuotaChangeOutcome.Unavailable, reason);
            return reservation.State == InMemoryReservationState.Active ? change() : new QuotaChange(QuotaChangeOutcome.Ended, "The lease is over.");
        }
    }

    private sealed class Lease(InMemoryQuota quota, InMemoryReservation reservation) : IQuotaLease
    {
        public string Id => reservation.Id;

        public decimal Amount => reservation.Amount;

        public DateTimeOffset ExpiresAt => reservation.ExpiresAt;

        public bool IsHeld => Id.Length > 0;

        public ValueTask<QuotaChange> SettleAsync(decimal actual, CancellationToken cancellationToken = default)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(actual);
            return new(quota.Change(reservation, () =>
            {
                (reservation.State, reservation.Amount) = (InMemoryReservationState.Settled, actual);
                quota.Use(reservation.User, reservation.Resource, actual);
                return new QuotaChange(QuotaChangeOutcome.Done);
            }));
        }

        public ValueTask<QuotaChange> ReleaseAsync(CancellationToken cancellationToken = default) => new(quota.Change(reservation, () =>
        {
            reservation.State = InMemoryReservationState.Released;
            return new QuotaChange(QuotaChangeOutcome.Done);
        }));

        public ValueTask<QuotaChange> ExtendAsync(decimal more, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
            new(quota.Change(reservation, () =>
            {
                if (more > quota.Figures(reservation.User, reservation.Resource).Available)
                    return new QuotaChange(QuotaChangeOutcome.Denied, "The limit leaves no room for more.");
                reservation.Amount += more;
                reservation.TimeToLive = timeToLive ?? reservation.TimeToLive;
                return new QuotaChange(QuotaChangeOutcome.Done);
            }));

        public async ValueTask DisposeAsync() => await ReleaseAsync().ConfigureAwait(false);
    }
}
