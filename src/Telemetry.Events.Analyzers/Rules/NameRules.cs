using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Rules;

/// <summary>What is wrong with a name or a topic.</summary>
internal static class NameRules
{
    public static readonly DiagnosticDescriptor NameEmpty = new(
        "TEL001",
        "The event name is empty",
        "The event name is empty; write system.component.action, as in xumi.weights.load.start",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A name says which system, which component and which action.",
        HelpLinks.Base + "TEL001.md");

    public static readonly DiagnosticDescriptor NameTooLong = new(
        "TEL002",
        "The event name is too long",
        "The event name '{0}' has {1} characters; 128 is the most",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Consumers reserve 128 characters for a name.",
        HelpLinks.Base + "TEL002.md");

    public static readonly DiagnosticDescriptor NamePartCount = new(
        "TEL003",
        "The event name has too few or too many parts",
        "The event name '{0}' has {1} parts; it takes 3 or 4: system.component.action, and a note where one is needed",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A name has three or four parts joined by dots.",
        HelpLinks.Base + "TEL003.md");

    public static readonly DiagnosticDescriptor NameEmptyPart = new(
        "TEL004",
        "A part of the event name is empty",
        "The event name '{0}' has an empty part at character {1}; put something between the dots or take one away",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A dot stands between two parts.",
        HelpLinks.Base + "TEL004.md");

    public static readonly DiagnosticDescriptor NameUpperCase = new(
        "TEL005",
        "The event name has an upper-case letter",
        "The event name '{0}' has the upper-case letter '{1}' at character {2}; names are lower case",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "All letters of a name are lower case.",
        HelpLinks.Base + "TEL005.md");

    public static readonly DiagnosticDescriptor NamePartStart = new(
        "TEL006",
        "A part of the event name begins with something other than a letter",
        "In the event name '{0}' the part '{1}' begins with '{2}'; a part begins with a letter a-z",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Each part begins with a letter from a to z.",
        HelpLinks.Base + "TEL006.md");

    public static readonly DiagnosticDescriptor NameCharacter = new(
        "TEL007",
        "The event name has a character that names do not take",
        "In the event name '{0}' the part '{1}' has the character '{2}'; a part takes a-z, 0-9, '_' and '-'",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A part takes a-z, 0-9, underscore and hyphen.",
        HelpLinks.Base + "TEL007.md");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "TEL008",
        "Two events have one name",
        "The event name '{0}' is already that of '{1}'; give this event a name of its own",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Consumers tell events apart by their names alone.",
        HelpLinks.Base + "TEL008.md",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NameBuiltAtRunTime = new(
        "TEL009",
        "The event name is built at run time where a constant would do",
        "This name is built at run time from constants; {0}",
        Categories.Naming,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A name that the compiler knows is checked at build and encoded once.",
        HelpLinks.Base + "TEL009.md");

    public static readonly DiagnosticDescriptor TopicInvalid = new(
        "TEL010",
        "The topic is not one that Kafka takes",
        "'{0}' is not a topic: Kafka takes 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-', and not '.' or '..'",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A broker refuses any other topic.",
        HelpLinks.Base + "TEL010.md");

    public static readonly DiagnosticDescriptor TopicUnknown = new(
        "TEL011",
        "The topic is not declared",
        "No assembly declares the topic '{0}'{1}; correct it, or declare it by [assembly: TelemetryTopic(\"{0}\")]",
        Categories.Naming,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A typing error must not become a topic that nobody reads.",
        HelpLinks.Base + "TEL011.md");
}
