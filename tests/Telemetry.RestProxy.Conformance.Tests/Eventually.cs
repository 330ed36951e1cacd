namespace Telemetry.RestProxy.Conformance.Tests;

/// <summary>Waits for what another thread is about to do.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
            await tick.WaitForNextTickAsync(deadline.Token);
    }
}
