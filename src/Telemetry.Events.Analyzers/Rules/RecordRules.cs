using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Rules;

/// <summary>What differs from the recorded events.</summary>
internal static class RecordRules
{
    public static readonly DiagnosticDescriptor NotRecorded = new(
        "TEL030",
        "The event is not recorded",
        "The event '{0}' is not recorded; add to Events.Unshipped.txt: {1}",
        Categories.Compatibility,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Names and fields of events are public API: each is written down before it is published.",
        HelpLinks.Base + "TEL030.md");

    public static readonly DiagnosticDescriptor RecordDiffers = new(
        "TEL031",
        "The event differs from what is recorded",
        "The event '{0}' differs from what is recorded: {1}; if that is meant, write to Events.Unshipped.txt: {2}",
        Categories.Compatibility,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Consumers read an event by the names and types that were recorded.",
        HelpLinks.Base + "TEL031.md");

    public static readonly DiagnosticDescriptor RecordedEventMissing = new(
        "TEL032",
        "A recorded event is gone",
        "The event '{0}' is recorded and no type declares it; take the line away, or, where it is shipped, add '*REMOVED* {0}' to Events.Unshipped.txt",
        Categories.Compatibility,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event that disappears breaks whoever reads it.",
        HelpLinks.Base + "TEL032.md",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor RecordUnreadable = new(
        "TEL033",
        "A line of recorded events cannot be read",
        "This line {0}; a line reads: name topic delivery field:type,field:type?",
        Categories.Compatibility,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The files of recorded events are compared line by line.",
        HelpLinks.Base + "TEL033.md",
        WellKnownDiagnosticTags.CompilationEnd);
}
