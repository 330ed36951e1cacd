namespace Telemetry.AotSmoke;

/// <summary>The trimmed, natively compiled program behaves otherwise than it should.</summary>
internal sealed class SmokeFailedException(string message) : Exception(message);
