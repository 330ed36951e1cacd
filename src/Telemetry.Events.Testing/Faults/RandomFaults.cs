using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>Faults by chance.</summary>
internal static class RandomFaults
{
    private const string Reason = "random_fault";

    public static FaultStep Next(Random random, double rate)
    {
        if (random.NextDouble() >= rate)
            return new FaultStep.Deliver();
        return random.Next(4) switch
        {
            0 => new FaultStep.Answer(DeliveryOutcome.Unknown(Reason)),
            1 => new FaultStep.Answer(DeliveryOutcome.Unknown(Reason), IsStored: true),
            _ => new FaultStep.Answer(DeliveryOutcome.Retriable(Reason)),
        };
    }
}
