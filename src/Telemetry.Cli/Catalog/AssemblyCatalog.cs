namespace Telemetry.Cli.Catalog;

/// <summary>The events of one assembly, ordered by name.</summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Version">Its version, of three parts.</param>
/// <param name="Events">The events.</param>
/// <param name="Documentation">What the XML file beside the assembly says; empty where there is none.</param>
internal sealed record AssemblyCatalog(
    string Assembly, string Version, IReadOnlyList<EventDescription> Events, XmlDocumentation Documentation)
{
    /// <summary>
    /// Types that implement ITelemetryEvent by hand, as XML documentation names them: their names and topics are known only when their
    /// code runs.
    /// </summary>
    public IReadOnlyList<string> HandWritten { get; init; } = [];
}
