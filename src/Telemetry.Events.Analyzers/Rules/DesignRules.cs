using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Rules;

/// <summary>What is wrong with the declaration of an event.</summary>
internal static class DesignRules
{
    public static readonly DiagnosticDescriptor NotPartial = new(
        "TEL012",
        "The event's type is not partial",
        "'{0}' must be partial: the source generator writes the other part of it",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The generator adds members to the type, and to types that contain it.",
        HelpLinks.Base + "TEL012.md");

    public static readonly DiagnosticDescriptor ShapeUnsupported = new(
        "TEL013",
        "The event's type has a shape that cannot be generated",
        "'{0}' cannot be an event or a payload: it {1}",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event is a plain record, class or struct of its own.",
        HelpLinks.Base + "TEL013.md");

    public static readonly DiagnosticDescriptor MemberTypeUnsupported = new(
        "TEL014",
        "The type of a field is not supported",
        "The field '{0}' has the type '{1}': {2}",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A field has a type that the generator can write without reflection.",
        HelpLinks.Base + "TEL014.md");

    public static readonly DiagnosticDescriptor MarkedTwice = new(
        "TEL015",
        "An event has two subjects or two partition keys",
        "'{0}' is a second {1}; '{2}' is one already",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A record has one key, and an event one subject.",
        HelpLinks.Base + "TEL015.md");

    public static readonly DiagnosticDescriptor KeyTypeUnsupported = new(
        "TEL016",
        "The subject or partition key cannot be read",
        "'{0}' cannot be the {1}: {2}",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Subject and key are text on the wire.",
        HelpLinks.Base + "TEL016.md");

    public static readonly DiagnosticDescriptor FieldNameInvalid = new(
        "TEL017",
        "A field's name is wrong or taken",
        "The name '{0}' of '{1}' {2}",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A field's name is [a-z][a-z0-9_]* and stands once in an event.",
        HelpLinks.Base + "TEL017.md");

    public static readonly DiagnosticDescriptor DeliveryUndefined = new(
        "TEL018",
        "The delivery class is not a defined one",
        "{0} is not a delivery class; write a member of DeliveryClass",
        Categories.Design,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The delivery class decides what may be lost.",
        HelpLinks.Base + "TEL018.md");
}
