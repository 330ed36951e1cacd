namespace Telemetry.Samples.Demo;

/// <summary>What the demo says to its caller at the end.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;

    /// <summary>A part did not start, or a run was not measured.</summary>
    public const int Failed = 1;

    /// <summary>An argument is wrong; nothing was started.</summary>
    public const int Misused = 2;

    /// <summary>128 + SIGINT, as shells expect of an interrupted program.</summary>
    public const int Interrupted = 130;
}
