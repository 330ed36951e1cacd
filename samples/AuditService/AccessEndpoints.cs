namespace Telemetry.Samples.AuditService;

/// <summary>What the service answers to.</summary>
internal static class AccessEndpoints
{
    public static void MapAccess(this WebApplication app)
    {
        app.MapPost("/access", async (AccessRequest request, AccessDecisions decisions, CancellationToken cancellationToken) =>
            await decisions.DecideAsync(request, cancellationToken) switch
            {
                { Audited: { IsAccepted: false } audited } => Results.Problem($"Not audited: {audited.Refusal}", statusCode: 503),
                { Allowed: true } => Results.NoContent(),
                _ => Results.StatusCode(StatusCodes.Status403Forbidden),
            });
        app.MapGet("/denials", (Denials denials) => denials.ByActor());
        app.MapHealthChecks("/health");
    }
}
