namespace Telemetry.Cli.Doctor;

/// <summary>Where the findings go.</summary>
internal interface IReport
{
    void Add(Section section);

    /// <summary>All sections are there, or as many as there will be.</summary>
    void End();
}
