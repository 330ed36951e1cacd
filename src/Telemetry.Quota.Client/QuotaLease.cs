using System.Net;
using Microsoft.Extensions.Logging;

namespace Telemetry.Quota.Client;

/// <summary>A reservation that the service holds.</summary>
internal sealed class QuotaLease(
    QuotaTransport transport, QuotaMetrics metrics, ILogger logger, string subject, string id, decimal amount, DateTimeOffset expiresAt) : IQuotaLease
{
    private readonly string _address = $"{subject}/reservations/{Uri.EscapeDataString(id)}";
    private readonly Lock _lock = new();
    private decimal _amount = amount;
    private DateTimeOffset _expiresAt = expiresAt;
    private bool _isOver;

    public string Id => id;

    public bool IsHeld => true;

    public decimal Amount
    {
        get
        {
            lock (_lock)
                return _amount;
        }
    }

    public DateTimeOffset ExpiresAt
    {
        get
        {
            lock (_lock)
                return _expiresAt;
        }
    }

    public async ValueTask<QuotaChange> SettleAsync(decimal actual, CancellationToken cancellationToken = default)
    {
        QuotaArguments.CheckAmount(actual, allowsZero: true, nameof(actual));
        var exchange = await transport.PostAsync(
            "settle", $"{_address}/settle", new QuotaRequests.Settle(actual), QuotaJsonContext.Default.Settle, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        // The reply to an earlier try may have been lost: then it is done.
        return End(exchange, "settled", reservation => reservation.Amount == actual);
    }

    public async ValueTask<QuotaChange> ReleaseAsync(CancellationToken cancellationToken = default) =>
        End(await transport.PostAsync("release", $"{_address}/release", cancellationToken).ConfigureAwait(false), "released", static _ => true);

    public async ValueTask<QuotaChange> ExtendAsync(decimal more, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
    {
        QuotaArguments.CheckAmount(more, allowsZero: true, nameof(more));
        if (more == 0 && timeToLive is null)
            throw new ArgumentOutOfRangeException(nameof(more), more, "Name credits to add, a time to live, or both.");
        var body = new QuotaRequests.Extend(more == 0 ? null : more, timeToLive is { } wanted ? QuotaArguments.Seconds(wanted, nameof(timeToLive)) : null);
        // Twice the same credits would be twice as many.
        var exchange = await transport.PostAsync(
            "extend", $"{_address}/extend", body, QuotaJsonContext.Default.Extend, isRepeatable: more == 0, cancellationToken).ConfigureAwait(false);
        if (Failure(exchange) is { } failure)
            return failure;
        if (exchange.Body!.Reservation is not { } extended)
            return new QuotaChange(QuotaChangeOutcome.Denied, "The limit leaves no room for more.");
        lock (_lock)
            (_amount, _expiresAt) = (extended.Amount, extended.ExpiresAt);
        return new QuotaChange(QuotaChangeOutcome.Done);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            _isOver = true;
        }

        var change = await ReleaseAsync().ConfigureAwait(false);
        if (change.Outcome != QuotaChangeOutcome.Unavailable)
            return;
        metrics.CountUnreleased();
        logger.NotReleased(id, change.Reason, ExpiresAt);
    }

    private QuotaChange End(in QuotaExchange exchange, string state, Func<QuotaReply.ReservationReply, bool> isSame)
    {
        if (exchange.Failure is null)
        {
            lock (_lock)
                _isOver = true;
        }

        if (exchange.Status == HttpStatusCode.Conflict && exchange.Body?.Reservation is { } reservation && reservation.State == state && isSame(reservation))
            return new QuotaChange(QuotaChangeOutcome.Done);
        return Failure(exchange) ?? new QuotaChange(QuotaChangeOutcome.Done);
    }

    private static QuotaChange? Failure(in QuotaExchange exchange)
    {
        if (exchange.Failure is { } failure)
            return new QuotaChange(QuotaChangeOutcome.Unavailable, failure);
        if (exchange.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            return new QuotaChange(QuotaChangeOutcome.Ended, exchange.Body?.Detail ?? "The lease is over.");
        if (exchange.Status == HttpStatusCode.BadRequest)
            throw new ArgumentException(exchange.Body?.Detail ?? "The Quota Service refuses the call.");
        return null;
    }
}
