using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Finds out which event of a request that was too large is too large itself. A broker refuses a request's records as a whole where
/// together they are over the topic's max.message.bytes, and librdkafka then reports each of them as too large.
/// </summary>
internal static class OversizedRequests
{
    /// <summary>Sends each event that was refused for its size once more, alone; only what is refused then is final.</summary>
    /// <returns>How many were sent alone.</returns>
    public static async ValueTask<int> SendAloneAsync(
        IKafkaProducer producer,
        ReadOnlyMemory<OutgoingEvent> batch,
        Memory<DeliveryOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        var alone = 0;
        for (var i = 0; batch.Length > 1 && !cancellationToken.IsCancellationRequested; i++)
        {
            i = NextRefused(outcomes.Span, i);
            if (i < 0)
                break;
            alone++;
            outcomes.Span[i] = default;
            await producer.SendAsync(batch.Slice(i, 1), outcomes.Slice(i, 1), cancellationToken).ConfigureAwait(false);
        }

        return alone;
    }

    private static int NextRefused(ReadOnlySpan<DeliveryOutcome> outcomes, int start)
    {
        for (var i = start; i < outcomes.Length; i++)
        {
            if (outcomes[i].Status == DeliveryStatus.Final && IsSize(outcomes[i].Reason))
                return i;
        }

        return -1;
    }

    private static bool IsSize(string? reason) => reason is "msg_size_too_large" or "record_list_too_large" or "invalid_msg_size";
}
