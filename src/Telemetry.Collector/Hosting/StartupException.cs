namespace Telemetry.Collector.Hosting;

/// <summary>
/// The Collector cannot start, and the operator can help it. The message is all that is shown: a sentence that names the
/// cause and the fix, without secrets.
/// </summary>
public sealed class StartupException(string message, Exception? cause = null) : Exception(message, cause);
