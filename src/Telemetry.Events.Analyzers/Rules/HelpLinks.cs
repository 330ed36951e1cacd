namespace Telemetry.Events.Analyzers.Rules;

/// <summary>Where the help pages stand; one page a rule.</summary>
internal static class HelpLinks
{
    /// <summary>Relative to the repository's root.</summary>
    public const string Base = "docs/diagnostics/";
}
