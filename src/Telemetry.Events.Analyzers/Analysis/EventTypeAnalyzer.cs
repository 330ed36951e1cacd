using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Telemetry.Events.Analyzers.Naming;
using Telemetry.Events.Analyzers.Reading;
using Telemetry.Events.Analyzers.Rules;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>Checks what is declared: name, topic, delivery class, type and members of events, payloads and topics.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EventTypeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Property of TEL011: the declared topic that was probably meant.</summary>
    public const string NearestTopic = nameof(NearestTopic);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        NameRules.NameEmpty, NameRules.NameTooLong, NameRules.NamePartCount, NameRules.NameEmptyPart, NameRules.NameUpperCase,
        NameRules.NamePartStart, NameRules.NameCharacter, NameRules.TopicInvalid, NameRules.TopicUnknown,
        DesignRules.NotPartial, DesignRules.ShapeUnsupported, DesignRules.MemberTypeUnsupported, DesignRules.MarkedTwice,
        DesignRules.KeyTypeUnsupported, DesignRules.FieldNameInvalid, DesignRules.DeliveryUndefined,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var topics = new Lazy<KnownTopics>(() => KnownTopics.Of(start.Compilation));
            start.RegisterSymbolAction(symbol => CheckType(symbol, topics), SymbolKind.NamedType);
        });
        context.RegisterSyntaxNodeAction(CheckDeclaredTopic, SyntaxKind.Attribute);
    }

    private static void CheckType(SymbolAnalysisContext context, Lazy<KnownTopics> topics)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(KnownNames.TelemetryEvent) is { } attribute)
        {
            EventReader.Read(type, attribute, context.ReportDiagnostic, context.CancellationToken);
            CheckName(context, attribute);
            CheckTopic(context, attribute, topics);
        }
        else if (type.FindAttribute(KnownNames.EventPayload) is not null)
        {
            EventReader.ReadPayload(type, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    private static void CheckName(SymbolAnalysisContext context, AttributeData attribute)
    {
        // The compiler itself reports an argument that is left out or no string; null is a string.
        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Kind == TypedConstantKind.Error)
            return;
        if (NameDiagnosis.Of(attribute.Text() ?? "", attribute.PlaceOfText(context.CancellationToken)) is { } diagnostic)
            context.ReportDiagnostic(diagnostic);
    }

    private static void CheckTopic(SymbolAnalysisContext context, AttributeData attribute, Lazy<KnownTopics> topics)
    {
        if (attribute.Named("Topic").Value is not string topic)
            return;
        var place = attribute.PlaceOf("Topic", context.CancellationToken);
        if (!TopicRules.IsTopic(topic))
        {
            context.ReportDiagnostic(Diagnostic.Create(NameRules.TopicInvalid, place, topic));
        }
        else if (!topics.Value.Contains(topic))
        {
            var nearest = topics.Value.Nearest(topic);
            var properties = ImmutableDictionary<string, string?>.Empty.Add(NearestTopic, nearest);
            context.ReportDiagnostic(Diagnostic.Create(
                NameRules.TopicUnknown, place, properties, topic, nearest is null ? "" : $" (did you mean '{nearest}'?)"));
        }
    }

    private static void CheckDeclaredTopic(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (attribute is { Parent: AttributeListSyntax { Target: not null }, ArgumentList.Arguments: { Count: > 0 } arguments }
            && context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type?.ToDisplayString() == KnownNames.TelemetryTopic
            && context.SemanticModel.GetConstantValue(arguments[0].Expression, context.CancellationToken).Value is string topic
            && !TopicRules.IsTopic(topic))
        {
            context.ReportDiagnostic(Diagnostic.Create(NameRules.TopicInvalid, arguments[0].Expression.GetLocation(), topic));
        }
    }
}
