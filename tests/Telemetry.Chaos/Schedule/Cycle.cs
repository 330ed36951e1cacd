namespace Telemetry.Chaos.Schedule;

/// <summary>The life of one producer process.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Life">From its first word to its end.</param>
/// <param name="IsKilled">By kill -9; else it is asked to stop, by SIGTERM.</param>
/// <param name="ClockOffset">What its wall clock is ahead at its start.</param>
/// <param name="DeliveryTimeout">How long the Kafka client tries by itself.</param>
/// <param name="Faults">What goes wrong meanwhile.</param>
internal sealed record Cycle(
    int Number, TimeSpan Life, bool IsKilled, TimeSpan ClockOffset, TimeSpan DeliveryTimeout, IReadOnlyList<Fault> Faults)
{
    public override string ToString() =>
        $"cycle {Number}: {(IsKilled ? "killed" : "stopped")} after {Life.TotalMilliseconds:F0} ms, clock {ClockOffset.TotalSeconds:+0;-0;0} s, " +
        $"delivery timeout {DeliveryTimeout.TotalSeconds:F0} s; {(Faults.Count == 0 ? "no fault" : string.Join(", ", Faults))}";
}
