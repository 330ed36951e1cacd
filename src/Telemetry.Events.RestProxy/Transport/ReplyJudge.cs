using Microsoft.Extensions.Logging;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>Turns the reply to one produce request into the outcomes of its events, and says how the lane goes on.</summary>
internal sealed class ReplyJudge(RequestLimits limits, EndpointSource endpoints, RestProxyMetrics metrics, ILogger logger)
{
    public LaneStep Judge(ProxyReply reply, Exchange exchange, in LaneRequest request, ReadOnlySpan<int> sent, bool compressed)
    {
        var outcomes = request.Outcomes.Span;
        var step = reply.Status switch
        {
            0 => Fail(sent, outcomes, reply.OutcomeWithoutStatus()),
            >= 200 and < 300 => Read(reply, exchange, request, sent, compressed),
            _ => Refuse(reply, exchange, request, sent, compressed),
        };
        if (step is not (LaneStep.Again or LaneStep.Split))
            metrics.RecordOutcomes(sent, outcomes);
        return step;
    }

    private LaneStep Read(ProxyReply reply, Exchange exchange, in LaneRequest request, ReadOnlySpan<int> sent, bool compressed)
    {
        var outcomes = request.Outcomes.Span;
        var dialect = request.Endpoint.Dialect;
        // Of v3's stream, what came before the break can be trusted; half an array cannot.
        if (reply.Kind == ProxyReplyKind.BodyLost && dialect != RestProxyDialect.ConfluentV3)
            return Fail(sent, outcomes, DeliveryOutcome.Unknown(RestProxyOutcomes.ConnectionLost));

        var body = exchange.Reply.Written;
        var verdict = dialect == RestProxyDialect.ConfluentV3
            ? RecordStreamReply.Read(body, sent, outcomes)
            : OffsetsReply.Read(body, dialect, sent, outcomes);
        if (verdict == ReplyVerdict.Garbled)
        {
            logger.GarbledReply(sent.Length, reply.Status, body.Length);
            exchange.AbandonConnection();
            return LaneStep.StopLane;
        }

        if (compressed)
            limits.ProveCompression();
        return AreSettled(sent, outcomes) ? LaneStep.Next : LaneStep.StopTopic;
    }

    private LaneStep Refuse(ProxyReply reply, Exchange exchange, in LaneRequest request, ReadOnlySpan<int> sent, bool compressed)
    {
        var status = reply.Status;
        var outcomes = request.Outcomes.Span;
        var body = reply.Kind == ProxyReplyKind.Received ? exchange.Reply.Written : default;
        if (compressed && limits.BlameCompression(status))
            return LaneStep.Again;
        // A load balancer's page is not the proxy's word on an event, unless it is about the size.
        var isForeign = body.StartsWith("<"u8) && status != 413;
        if (sent.Length > 1 && RestProxyOutcomes.IsRefusedForItsContent(status) && !isForeign)
        {
            if (status == 413)
                limits.LearnTooLarge(exchange.Request.Length);
            return LaneStep.Split;
        }

        // Confluent v2 answers so when a record was refused for it, and still tells the others' offsets.
        if (status is 401 or 403 && request.Endpoint.Dialect != RestProxyDialect.ConfluentV3 &&
            OffsetsReply.Read(body, request.Endpoint.Dialect, sent, outcomes) != ReplyVerdict.Garbled)
        {
            return AreSettled(sent, outcomes) ? LaneStep.Next : LaneStep.StopTopic;
        }

        var errorCode = ErrorReply.ReadCode(body);
        logger.RequestRefused(sent.Length, request.Topic, status, errorCode);
        if (status is 404 or 405 && !ErrorReply.NamesTopic(errorCode))
        {
            // Not the topic but the path is missing: perhaps another proxy stands there now.
            endpoints.Invalidate(request.Endpoint);
            return Fail(sent, outcomes, DeliveryOutcome.Retriable("not_found"));
        }

        var outcome = RestProxyOutcomes.ForRequest(request.Endpoint.Dialect, status);
        if (outcome.Status == DeliveryStatus.Final && isForeign)
            outcome = DeliveryOutcome.Retriable("unexpected_status");
        OffsetsReply.Fill(sent, outcomes, outcome);
        return outcome.Status == DeliveryStatus.Final ? LaneStep.Next : status == 404 ? LaneStep.StopTopic : LaneStep.StopLane;
    }

    private static LaneStep Fail(ReadOnlySpan<int> sent, Span<DeliveryOutcome> outcomes, DeliveryOutcome outcome)
    {
        OffsetsReply.Fill(sent, outcomes, outcome);
        return LaneStep.StopLane;
    }

    private static bool AreSettled(ReadOnlySpan<int> sent, ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        foreach (var position in sent)
        {
            if (outcomes[position].Status is not (DeliveryStatus.Delivered or DeliveryStatus.Final))
                return false;
        }

        return true;
    }
}
