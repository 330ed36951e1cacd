using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Rules;

/// <summary>What is wrong with a call of the publisher.</summary>
internal static class UsageRules
{
    public static readonly DiagnosticDescriptor ResultIgnored = new(
        "TEL020",
        "The result of publishing an Audit event is thrown away",
        "'{0}' is an Audit event and the result of {1} is thrown away; a refusal would go unseen",
        Categories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An Audit event that is refused is not recorded anywhere: the caller must know.",
        HelpLinks.Base + "TEL020.md");

    public static readonly DiagnosticDescriptor SynchronousWait = new(
        "TEL021",
        "A thread waits for the publisher",
        "{0} blocks this thread until {1} is done; await it",
        Categories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A blocked thread can hold up the very work it waits for.",
        HelpLinks.Base + "TEL021.md");

    public static readonly DiagnosticDescriptor SpoolMissing = new(
        "TEL022",
        "An Audit event is published by a program without a spool",
        "'{0}' is an Audit event and this program has no spool, so that it would be refused: add the package Telemetry.Events.Spool and, " +
        "after AddTelemetryEvents(), .AddSpool(\"/var/lib/my-service/spool\")",
        Categories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An Audit event must be on disk before it is accepted.",
        HelpLinks.Base + "TEL022.md");
}
