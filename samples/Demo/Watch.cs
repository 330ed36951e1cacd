namespace Telemetry.Samples.Demo;

/// <summary>Waits for a condition: says what it waits for whenever that changes, and why it gave up.</summary>
internal sealed class Watch(DemoConsole console, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until nothing is missing.</summary>
    /// <param name="missing">Null where all is there; else what is missing, as the end of "waiting for …".</param>
    /// <param name="deadline">How long to wait at most.</param>
    /// <param name="child">Whose end makes the wait pointless, and whose log says why; null where it is no child of ours.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DemoFailedException">The deadline is over, or the child ended.</exception>
    public async Task UntilAsync(
        Func<CancellationToken, Task<string?>> missing,
        TimeSpan deadline,
        ChildProcess? child,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        string? said = null;
        while (await missing(cancellationToken) is { } what)
        {
            if (what != said)
                console.Step($"waiting for {what}");
            said = what;
            if (child?.ExitCode is { } exitCode)
                throw Failure($"{child.Name} ended with exit code {exitCode} while the demo waited for {what}.", child);
            if (time.GetElapsedTime(started) > deadline)
                throw Failure($"Gave up after {deadline.TotalSeconds:0} s of waiting for {what}.", child);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private static DemoFailedException Failure(string sentence, ChildProcess? child) =>
        child?.Failure(sentence) ?? new DemoFailedException(sentence);
}
