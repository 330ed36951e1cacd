using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Samples.AuditService;

/// <summary>Decides, and says so in the audit trail before anybody hears of it.</summary>
internal sealed class AccessDecisions(IEventPublisher events)
{
    private const string OwnResources = "own-resources";
    private const string ReadShared = "read-shared";

    /// <summary>An answer whose event was refused must not be given: what is not in the trail has not happened.</summary>
    public async ValueTask<AccessDecision> DecideAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        var (actor, action, resource) = (request.ActorId, request.Action, request.Resource);
        var policy = PolicyFor(request);
        // An event of class Audit is accepted when it is on disk; the broker gets it from there, now or after an outage.
        var audited = policy is null
            ? await events.PublishAsync(new PbacAccessCheckDeny(actor, action, resource, PolicyId: null, "no policy allows it"), cancellationToken)
            : await events.PublishAsync(new PbacAccessCheckAllow(actor, action, resource, policy), cancellationToken);
        return new AccessDecision(policy is not null, audited);
    }

    private static string? PolicyFor(AccessRequest request) => request switch
    {
        _ when request.Resource.StartsWith($"/{request.ActorId}/", StringComparison.Ordinal) => OwnResources,
        { Action: "read" } when request.Resource.StartsWith("/shared/", StringComparison.Ordinal) => ReadShared,
        _ => null,
    };
}
