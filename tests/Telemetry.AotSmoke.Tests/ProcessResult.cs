namespace Telemetry.AotSmoke.Tests;

/// <summary>How a program ended, and all that it printed.</summary>
internal sealed record ProcessResult(int ExitCode, string Output);
