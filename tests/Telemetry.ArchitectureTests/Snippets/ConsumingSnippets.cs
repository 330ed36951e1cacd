using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Catalog;
using Telemetry.Events.Kafka;

namespace Telemetry.ArchitectureTests.Snippets;

internal static class ConsumingSnippets
{
    public static void Registration(IServiceCollection services)
    {
        services.AddTelemetryEventConsumer("responder", options =>
            {
                options.GroupId = "audit-responder";
                options.Topics.Add("pbac_access");
            })
            .AddHandler<PbacAccessCheckDeny, DenialHandler>(AuditJson.Default.PbacAccessCheckDeny)
            .AddDeadLetterHandler<DeadLetterTable>();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PbacAccessCheckDeny))]
partial class AuditJson : JsonSerializerContext;

sealed class DenialHandler(AuditDb db) : IEventConsumerHandler<PbacAccessCheckDeny>
{
    public async ValueTask HandleAsync(PbacAccessCheckDeny denied, ConsumedEvent consumed, CancellationToken cancellationToken) =>
        await db.SaveOnceAsync(consumed.Envelope.Id, denied, cancellationToken);
}

/// <summary>The reader's own.</summary>
internal abstract class AuditDb
{
    public abstract Task SaveOnceAsync(string id, PbacAccessCheckDeny denied, CancellationToken cancellationToken);
}

/// <summary>The reader's own.</summary>
internal abstract class DeadLetterTable : IDeadLetterHandler
{
    public abstract ValueTask HandleAsync(DeadLetterRecord record, CancellationToken cancellationToken);
}
