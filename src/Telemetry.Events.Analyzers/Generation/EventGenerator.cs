using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Reading;

namespace Telemetry.Events.Analyzers.Generation;

/// <summary>
/// Implements <c>ITelemetryEvent</c> on types marked by <c>[TelemetryEvent]</c>, and <c>WriteData</c> on those marked by
/// <c>[EventPayload]</c>; one file a type.
/// </summary>
/// <remarks>
/// The pipeline holds models that compare by value and no symbols, so that an edit elsewhere generates nothing anew. It
/// reports nothing: the analyzers do, which an editor can run without it.
/// </remarks>
[Generator(LanguageNames.CSharp)]
internal sealed class EventGenerator : IIncrementalGenerator
{
    public const string EventsStep = "Events";
    public const string PayloadsStep = "Payloads";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var events = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.TelemetryEvent,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellation) =>
                    EventReader.Read((INamedTypeSymbol)target.TargetSymbol, target.Attributes[0], report: null, cancellation))
            .WithTrackingName(EventsStep);
        context.RegisterSourceOutput(events, static (output, model) =>
        {
            if (model is not null)
                Add(output, model.Shape, EventSource.Of(model));
        });

        var payloads = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.EventPayload,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellation) =>
                    EventReader.ReadPayload((INamedTypeSymbol)target.TargetSymbol, report: null, cancellation))
            .WithTrackingName(PayloadsStep);
        context.RegisterSourceOutput(payloads, static (output, model) =>
        {
            if (model is not null)
                Add(output, model.Shape, EventSource.Of(model));
        });
    }

    private static void Add(SourceProductionContext output, TypeShape shape, string source) =>
        output.AddSource(shape.QualifiedName + ".TelemetryEvent.g.cs", SourceText.From(source, Encoding.UTF8));
}
