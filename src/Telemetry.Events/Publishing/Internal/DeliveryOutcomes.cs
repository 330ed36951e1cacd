using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Questions about the outcomes of a batch.</summary>
internal static class DeliveryOutcomes
{
    public static bool IsSettled(this in DeliveryOutcome outcome) => outcome.Status is DeliveryStatus.Delivered or DeliveryStatus.Final;

    public static int CountSettled(this ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        var settled = 0;
        foreach (ref readonly var outcome in outcomes)
            settled += outcome.IsSettled() ? 1 : 0;
        return settled;
    }

    /// <summary>The first that is not settled; -1 where all are.</summary>
    public static int IndexOfUnsettled(this ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (!outcomes[i].IsSettled())
                return i;
        }

        return -1;
    }
}
