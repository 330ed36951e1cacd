using System.Collections.Concurrent;
using Azure.Core;

namespace Telemetry.Events.EventHubs.Tests.Transport;

/// <summary>A credential that gives what the test says, or throws it.</summary>
internal sealed class ScriptedCredential(Func<AccessToken> next) : TokenCredential
{
    public ConcurrentQueue<string> Scopes { get; } = new();

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        foreach (var scope in requestContext.Scopes)
            Scopes.Enqueue(scope);
        return next();
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
