using Telemetry.Events.Catalog;
using Telemetry.Events.Kafka;

namespace Telemetry.Samples.AuditService;

/// <summary>The responder: reads the audit trail, its own service's part and everybody else's.</summary>
internal sealed partial class DenialHandler(Denials denials, ILogger<DenialHandler> logger) : IEventConsumerHandler<PbacAccessCheckDeny>
{
    private const int Suspicious = 3;

    public ValueTask HandleAsync(PbacAccessCheckDeny payload, ConsumedEvent consumed, CancellationToken cancellationToken)
    {
        if (denials.Add(consumed.Envelope.Id, payload.ActorId) is { } count && count % Suspicious == 0)
            ManyDenials(payload.ActorId, count, payload.Resource);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Warning, "{ActorId} was denied access {Count} times, lastly to {Resource}.")]
    private partial void ManyDenials(string actorId, int count, string resource);
}
