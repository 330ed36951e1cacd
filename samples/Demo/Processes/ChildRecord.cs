namespace Telemetry.Samples.Demo;

/// <summary>A child as the next demo needs to know it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="ProcessId">Its id; the kernel uses ids again.</param>
/// <param name="StartTicks">When it started (<see cref="ProcessStart"/>): tells it from a later process of the same id.</param>
/// <param name="BootId">The boot that the ticks count from.</param>
internal sealed record ChildRecord(string Name, int ProcessId, long StartTicks, string BootId)
{
    /// <summary>Whether this very process still runs.</summary>
    public bool IsAlive() => BootId == ProcessStart.BootId() && ProcessStart.TicksOf(ProcessId) == StartTicks;
}
