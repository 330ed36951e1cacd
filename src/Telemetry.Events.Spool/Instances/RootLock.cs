namespace Telemetry.Events.Spool.Instances;

/// <summary>
/// Held for moments, while instances come, are taken over or go: so that nobody takes over an instance that is just being made, and none
/// twice.
/// </summary>
internal static class RootLock
{
    private const string FileName = "lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <exception cref="IOException">The directory cannot be used, or another process has held the lock for half a minute.</exception>
    public static FileLock Take(string root, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var path = Path.Combine(root, FileName);
        using var never = new ManualResetEventSlim();
        while (true)
        {
            if (FileLock.TryTake(path) is { } taken)
                return taken;
            if (time.GetElapsedTime(started) > Patience)
                throw new IOException($"Another process has held {path} for {Patience.TotalSeconds} s. End it, or give this service a directory of its own.");
            // The operating system's lock tells nobody when it is free.
            never.Wait(Pause);
        }
    }
}
