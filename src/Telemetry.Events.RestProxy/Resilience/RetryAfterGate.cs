namespace Telemetry.Events.RestProxy;

/// <summary>
/// Holds back all requests while the proxy asks for a pause (429 or 503 with Retry-After). Safe for use from any thread.
/// </summary>
internal sealed class RetryAfterGate(TimeProvider time)
{
    /// <summary>The longest pause that is kept: a proxy that asks for an hour is asked again sooner.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private long _opensAtTicks;

    /// <summary>Closes the gate where the reply asks for it.</summary>
    /// <returns>For how long; null where it does not ask.</returns>
    public TimeSpan? CloseFor(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (429 or 503) || response.Headers.RetryAfter is not { } retryAfter)
            return null;
        var now = time.GetUtcNow();
        var pause = retryAfter.Delta ?? retryAfter.Date - now ?? TimeSpan.Zero;
        if (pause <= TimeSpan.Zero)
            return null;

        pause = pause < MaxPause ? pause : MaxPause;
        var opensAt = (now + pause).UtcTicks;
        var current = Volatile.Read(ref _opensAtTicks);
        while (opensAt > current)
        {
            var seen = Interlocked.CompareExchange(ref _opensAtTicks, opensAt, current);
            if (seen == current)
                break;
            current = seen;
        }

        return pause;
    }

    /// <exception cref="OperationCanceledException">It was cancelled first.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var left = Volatile.Read(ref _opensAtTicks) - time.GetUtcNow().UtcTicks;
        return left > 0
            ? new ValueTask(Task.Delay(TimeSpan.FromTicks(left), time, cancellationToken))
            : cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : ValueTask.CompletedTask;
    }
}
