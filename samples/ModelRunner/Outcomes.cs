namespace Telemetry.Samples.ModelRunner;

/// <summary>How a phase ends, as finish events say it.</summary>
internal static class Outcomes
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
