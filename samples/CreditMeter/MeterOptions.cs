namespace Telemetry.Samples.CreditMeter;

/// <summary>How use is charged.</summary>
internal sealed class MeterOptions
{
    /// <summary>How often running tasks are charged. Above zero; default 5 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Credits for one core during one second.</summary>
    public decimal CreditsPerCoreSecond { get; set; } = 0.01m;

    /// <summary>Credits for one GPU during one second.</summary>
    public decimal CreditsPerGpuSecond { get; set; } = 0.25m;
}
