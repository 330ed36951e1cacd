namespace Telemetry.Chaos.Schedule;

/// <summary>One fault.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">When, from the start of the cycle.</param>
/// <param name="Duration">For how long; it may last into the next cycles.</param>
/// <param name="Amount">See <see cref="FaultKind"/>.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan Duration, int Amount = 0)
{
    public override string ToString() => $"{Kind} at {At.TotalMilliseconds:F0} ms for {Duration.TotalMilliseconds:F0} ms" + (Amount == 0 ? "" : $" ({Amount})");
}
