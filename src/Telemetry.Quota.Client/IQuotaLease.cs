namespace Telemetry.Quota.Client;

/// <summary>
/// An amount that is held for a task. Settle it with what was really used; disposing it before gives it back. Where neither happens, as
/// after a crash, it ends at <see cref="ExpiresAt"/>. Safe for use from any thread.
/// </summary>
public interface IQuotaLease : IAsyncDisposable
{
    /// <summary>The reservation's id; empty where nothing is held.</summary>
    string Id { get; }

    /// <summary>How many credits it is for now.</summary>
    decimal Amount { get; }

    /// <summary>When it ends by itself.</summary>
    DateTimeOffset ExpiresAt { get; }

    /// <summary>
    /// Whether the service holds it. False where the service did not answer and the failure mode is <see cref="QuotaFailureMode.FailOpen"/>:
    /// all calls then do nothing and succeed.
    /// </summary>
    bool IsHeld { get; }

    /// <summary>Says what was really used: the rest is free at once. The lease is over then.</summary>
    /// <param name="actual">The credits used; 0 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="actual"/> is negative, or has more than 12 digits after the point.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<QuotaChange> SettleAsync(decimal actual, CancellationToken cancellationToken = default);

    /// <summary>Gives it back. The lease is over then.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<QuotaChange> ReleaseAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes it larger, by a decision as for a new one, or longer, or both.</summary>
    /// <param name="more">Credits to add; 0 for none.</param>
    /// <param name="timeToLive">How long from now on; null to leave the end where it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <remarks>
    /// A call that adds credits is not repeated by itself: after <see cref="QuotaChangeOutcome.Unavailable"/> it is unknown whether they were
    /// added.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or both say nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    ValueTask<QuotaChange> ExtendAsync(decimal more, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default);
}
