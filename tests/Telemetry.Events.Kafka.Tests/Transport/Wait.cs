namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"Not within {Patience}: {what}.");
            await Task.Delay(20);
        }
    }
}
