namespace Telemetry.Cli.Doctor;

/// <summary>The form of the report.</summary>
internal enum ReportFormat
{
    /// <summary>For people.</summary>
    Text = 0,

    /// <summary>For programs.</summary>
    Json,
}
