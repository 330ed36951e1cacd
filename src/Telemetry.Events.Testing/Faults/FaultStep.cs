using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>One step of a <see cref="FaultScript"/>.</summary>
internal abstract record FaultStep
{
    private FaultStep()
    {
    }

    /// <summary>The transport behind answers for the next event.</summary>
    public sealed record Deliver : FaultStep;

    /// <summary>The next event has this outcome, whatever became of it.</summary>
    /// <param name="Result">What the publisher is told.</param>
    /// <param name="IsStored">Whether the transport behind gets the event all the same.</param>
    public sealed record Answer(DeliveryOutcome Result, bool IsStored = false) : FaultStep;

    /// <summary>The batch waits at this place.</summary>
    public sealed record Delay(TimeSpan Duration) : FaultStep;

    /// <summary>The batch stays without an answer from this place on, until it is cancelled.</summary>
    public sealed record Hang : FaultStep;

    /// <summary>The call throws at this place, which no transport may do.</summary>
    public sealed record Throw(Func<Exception> Create) : FaultStep;
}
