namespace Telemetry.Collector.Quotas.Limits.File;

/// <summary>Where limits are kept as a file. Bound from <c>Collector:Quota</c>.</summary>
internal sealed class LimitsFileOptions
{
    public const string SectionName = "Collector:Quota";

    /// <summary>The limits file, relative to the working directory. Default none: limits by the API alone.</summary>
    public string? LimitsPath { get; set; }

    /// <summary>How often it is looked at for a change; 100 ms to 1 h. Default 5 s.</summary>
    public TimeSpan LimitsPollInterval { get; set; } = TimeSpan.FromSeconds(5);
}
