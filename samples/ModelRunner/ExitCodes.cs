namespace Telemetry.Samples.ModelRunner;

/// <summary>What the process says to its caller at the end.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;

    /// <summary>The work failed, or the broker did not acknowledge an event.</summary>
    public const int Failed = 1;

    /// <summary>An argument or the configuration is wrong; nothing was started.</summary>
    public const int Misused = 2;

    /// <summary>128 + SIGINT, as shells expect of an interrupted program.</summary>
    public const int Cancelled = 130;
}
