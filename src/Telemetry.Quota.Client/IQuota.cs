namespace Telemetry.Quota.Client;

/// <summary>
/// Asks the Quota Service whether a user may spend something, and holds it. Safe for use from any thread. What goes wrong on the way is a
/// result, and the configured <see cref="QuotaFailureMode"/> says what it means; an exception is for arguments that can never be right.
/// </summary>
public interface IQuota
{
    /// <summary>Holds an amount for a task, or says why not.</summary>
    /// <param name="user">Who pays; 1 to 512 characters.</param>
    /// <param name="resource">What of, such as <c>gpu</c>.</param>
    /// <param name="amount">How many credits; above 0, at most 12 digits after the point.</param>
    /// <param name="task">The task, whose usage events then consume the reservation; 1 to 512 characters.</param>
    /// <param name="timeToLive">How long it is held at most; whole seconds, 1 s at least.</param>
    /// <param name="cancellationToken">Ends the wait. A reservation that was made all the same ends by its time to live.</param>
    /// <returns>The lease, the denial, or that there is no answer. Dispose the lease.</returns>
    /// <exception cref="ArgumentException">An argument is out of its range, or the service does not know the resource.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<QuotaReservation> TryReserveAsync(
        string user, string resource, decimal amount, string task, TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Whether an amount may be spent now. Holds nothing: between this answer and the spending others may spend.</summary>
    /// <param name="user">Who pays.</param>
    /// <param name="resource">What of.</param>
    /// <param name="amount">How many credits; above 0, at most 12 digits after the point.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the service does not know the resource.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<QuotaCheck> CheckAsync(string user, string resource, decimal amount, CancellationToken cancellationToken = default);

    /// <summary>How a user stands with a resource.</summary>
    /// <param name="user">The user.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">An argument is empty, or the service does not know the resource.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<QuotaBalanceResult> GetBalanceAsync(string user, string resource, CancellationToken cancellationToken = default);
}
