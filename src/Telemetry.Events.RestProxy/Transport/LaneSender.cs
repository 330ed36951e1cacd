using System.Threading.Channels;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Sends what one lane of a batch holds, a request after another, and sees that each event gets an outcome. Holds no state of a call.
/// </summary>
internal sealed class LaneSender(
    ProxyClient client, ExchangePool exchanges, ReplyJudge judge, RequestLimits limits, IReadOnlyDictionary<string, string> topicNames, RestProxyMetrics metrics)
{
    public async Task SendAsync(
        BatchPlan plan,
        int lane,
        ProxyEndpoint endpoint,
        ReadOnlyMemory<OutgoingEvent> batch,
        Memory<DeliveryOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        DeliveryOutcome? stopped = null;
        for (var i = 0; i < plan.Topics.Count; i++)
        {
            var positions = plan.Positions(i, lane);
            if (positions.IsEmpty)
                continue;
            if (stopped is { } reason)
            {
                OffsetsReply.Fill(positions.Span, outcomes.Span, reason);
                continue;
            }

            var topic = plan.Topics[i];
            var request = new LaneRequest(endpoint, topicNames.GetValueOrDefault(topic, topic), batch, outcomes);
            var requests = (positions.Length + limits.MaxRecords - 1) / limits.MaxRecords;
            // Requests of about equal size: a full one and a tiny one take longer.
            var size = (positions.Length + requests - 1) / requests;
            if (await SendAsync(request, positions, size, cancellationToken).ConfigureAwait(false) == LaneStep.StopLane)
                stopped = WaitFor(positions.Span, outcomes.Span);
        }
    }

    /// <summary>Sends events of one topic in requests of this many, until one request is not settled; the rest waits behind it.</summary>
    private async ValueTask<LaneStep> SendAsync(
        LaneRequest request, ReadOnlyMemory<int> positions, int size, CancellationToken cancellationToken)
    {
        var left = positions;
        var step = LaneStep.Next;
        while (step == LaneStep.Next && !left.IsEmpty)
        {
            (step, var count) = await SendNextAsync(request, left[..Math.Min(size, left.Length)], cancellationToken).ConfigureAwait(false);
            if (step == LaneStep.Again)
            {
                step = LaneStep.Next;
                continue;
            }

            if (step == LaneStep.Split)
            {
                metrics.CountSplit();
                step = await SendAsync(request, left[..count], (count + 1) / 2, cancellationToken).ConfigureAwait(false);
            }

            left = left[count..];
        }

        if (!left.IsEmpty)
            OffsetsReply.Fill(left.Span, request.Outcomes.Span, WaitFor(positions.Span[..^left.Length], request.Outcomes.Span));
        return step;
    }

    /// <summary>Sends as many of the events as fit into one request, and returns how many that were.</summary>
    private async ValueTask<(LaneStep Step, int Count)> SendNextAsync(
        LaneRequest request, ReadOnlyMemory<int> positions, CancellationToken cancellationToken)
    {
        Exchange exchange;
        try
        {
            exchange = await exchanges.TakeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            OffsetsReply.Fill(positions.Span, request.Outcomes.Span, DeliveryOutcome.Retriable(RestProxyOutcomes.Cancelled));
            return (LaneStep.StopLane, positions.Length);
        }

        try
        {
            var layout = request.Endpoint.Layout;
            var count = RecordEncoder.Encode(exchange.Request, layout, request.Batch.Span, positions.Span, limits.MaxBytes);
            var compressed = limits.Compress;
            exchange.Seal(layout.ContentType, compressed);
            var reply = await client.SendAsync(
                new ProxyRequest(HttpMethod.Post, request.Endpoint.ProduceUri(request.Topic), layout.Accept),
                exchange,
                cancellationToken).ConfigureAwait(false);
            return (judge.Judge(reply, exchange, request, positions.Span[..count], compressed), count);
        }
        finally
        {
            exchanges.Return(exchange);
        }
    }

    /// <summary>The outcome of events that were not tried, because one of these was not settled: its reason is theirs.</summary>
    private static DeliveryOutcome WaitFor(ReadOnlySpan<int> positions, ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        foreach (var position in positions)
        {
            if (outcomes[position] is { Status: DeliveryStatus.Retriable or DeliveryStatus.Unknown } unsettled)
                return DeliveryOutcome.Retriable(unsettled.Reason ?? RestProxyOutcomes.MissingReply);
        }

        return DeliveryOutcome.Retriable(RestProxyOutcomes.MissingReply);
    }
}
