using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Telemetry.Quota.Client;

/// <summary>The Quota Service over HTTP.</summary>
internal sealed class QuotaClient(QuotaTransport transport, QuotaFailureMode failureMode, QuotaMetrics metrics, ILogger logger) : IQuota
{
    private const string ReserveOperation = "reserve";
    private const string CheckOperation = "check";

    private bool IsOpen => failureMode == QuotaFailureMode.FailOpen;

    /// <inheritdoc/>
    public async ValueTask<QuotaReservation> TryReserveAsync(
        string user, string resource, decimal amount, string task, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        var address = Address(user, resource);
        ArgumentException.ThrowIfNullOrEmpty(task);
        QuotaArguments.CheckAmount(amount, allowsZero: false, nameof(amount));
        var seconds = QuotaArguments.Seconds(timeToLive, nameof(timeToLive));
        // Made here, so that a try whose reply was lost and the next one are the same wish.
        var body = new QuotaRequests.Reserve(amount, seconds, task, Guid.CreateVersion7().ToString());
        var exchange = await transport.PostAsync(
            ReserveOperation, $"{address}/reservations", body, QuotaJsonContext.Default.Reserve, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        var result = Reservation(exchange, address, amount);
        metrics.CountDecision(ReserveOperation, result.Outcome, result.MayProceed);
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask<QuotaCheck> CheckAsync(string user, string resource, decimal amount, CancellationToken cancellationToken = default)
    {
        var address = Address(user, resource);
        QuotaArguments.CheckAmount(amount, allowsZero: false, nameof(amount));
        var exchange = await transport.PostAsync(
            CheckOperation, $"{address}/check", new QuotaRequests.Check(amount), QuotaJsonContext.Default.Check, isRepeatable: true, cancellationToken).ConfigureAwait(false);
        var result = Check(exchange);
        metrics.CountDecision(CheckOperation, result.Outcome, result.MayProceed);
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask<QuotaBalanceResult> GetBalanceAsync(string user, string resource, CancellationToken cancellationToken = default)
    {
        var exchange = await transport.GetAsync("balance", Address(user, resource), cancellationToken).ConfigureAwait(false);
        if (exchange.Failure is { } failure)
            return new QuotaBalanceResult(null, failure);
        ThrowIfMisused(exchange);
        var reply = exchange.Body!;
        return new QuotaBalanceResult(new QuotaBalance(
            reply.User ?? user, reply.Resource ?? resource, reply.Source ?? "none", reply.Figures, reply.Overage, reply.PeriodStart, reply.PeriodEnd));
    }

    private QuotaReservation Reservation(in QuotaExchange exchange, string address, decimal amount)
    {
        if (exchange.Failure is { } failure)
            return new QuotaReservation { Outcome = QuotaOutcome.Unavailable, Lease = IsOpen ? new UnheldLease(amount) : null, Reason = failure };
        var reply = exchange.Body;
        if (exchange.Status == HttpStatusCode.Conflict)
            return new QuotaReservation { Outcome = QuotaOutcome.Conflict, Reason = reply?.Detail ?? "The task has a reservation already." };
        ThrowIfMisused(exchange);
        if (reply!.Reservation is { } made)
        {
            return new QuotaReservation
            {
                Outcome = QuotaOutcome.Granted,
                Lease = new QuotaLease(transport, metrics, logger, address, made.Id, made.Amount, made.ExpiresAt),
                IsOverLimit = reply.OverLimit,
                Figures = reply.Figures,
            };
        }

        return new QuotaReservation
        {
            Outcome = QuotaOutcome.Denied,
            Figures = reply.Figures,
            HeldBy = [.. (reply.HeldBy ?? []).Select(held => new QuotaHolder(held.Id, held.TaskId, held.Outstanding ?? held.Amount, held.ExpiresAt))],
            FreesAt = reply.FreesAt,
            Reason = Denial(reply, amount),
        };
    }

    private QuotaCheck Check(in QuotaExchange exchange)
    {
        if (exchange.Failure is { } failure)
            return new QuotaCheck { Outcome = QuotaOutcome.Unavailable, MayProceed = IsOpen, Reason = failure };
        ThrowIfMisused(exchange);
        var reply = exchange.Body!;
        var isGranted = reply.Granted == true;
        return new QuotaCheck
        {
            Outcome = isGranted ? QuotaOutcome.Granted : QuotaOutcome.Denied,
            MayProceed = isGranted,
            IsOverLimit = reply.OverLimit,
            Figures = reply.Figures,
            Reason = isGranted ? null : Denial(reply, null),
        };
    }

    private static string Denial(QuotaReply reply, decimal? amount) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(amount is null ? "It is" : $"{amount} credits are")} more than what is left: limit {reply.Limit?.ToString(CultureInfo.InvariantCulture) ?? "none"}, used {reply.Used}, reserved {reply.Reserved}.");

    // What the service says no repetition and no waiting can mend.
    private static void ThrowIfMisused(in QuotaExchange exchange)
    {
        if (exchange.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict)
            throw new ArgumentException(exchange.Body?.Detail ?? $"The Quota Service refuses the call: {(int)exchange.Status}. Is TelemetryQuota:BaseAddress the Collector's?");
    }

    private static string Address(string user, string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        ArgumentException.ThrowIfNullOrEmpty(resource);
        // What no address can hold: the server takes it for a step up, however it is written.
        if (user is "." or "..")
            throw new ArgumentException($"A user cannot be called '{user}' in an address.", nameof(user));
        return $"v1/quotas/{Uri.EscapeDataString(user)}/{Uri.EscapeDataString(resource)}";
    }
}
