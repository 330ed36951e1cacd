namespace Telemetry.Samples.Demo;

/// <summary>
/// The demo cannot go on. The message is all that is shown: what is missing, and the end of the log that says why. Thrown
/// from any depth, so that every part started so far is stopped by its own <c>await using</c> on the way out.
/// </summary>
internal sealed class DemoFailedException(string message) : Exception(message);
