namespace Telemetry.Events.RestProxy;

/// <summary>The service's token provider failed; nothing was sent.</summary>
internal sealed class TokenUnavailableException(Exception cause)
    : Exception($"The bearer token provider failed with {cause.GetType().Name}.", cause);
