namespace Telemetry.Collector.Runs;

/// <summary>How far a revision of a run's figures can be relied on.</summary>
public enum RevisionKind
{
    /// <summary>Right after the finish: samples that are still to come may change it.</summary>
    Provisional,

    /// <summary>After the settle delay.</summary>
    Final,

    /// <summary>Samples that came later, or a measurement by hand, changed what was final.</summary>
    Correction,
}
