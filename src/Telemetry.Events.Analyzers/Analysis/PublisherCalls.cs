using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Telemetry.Events.Analyzers.Reading;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>Knows which calls go to the publisher, by its interface, a class that implements it or its extension methods.</summary>
internal sealed class PublisherCalls
{
    private readonly INamedTypeSymbol _publisher;
    private readonly INamedTypeSymbol _extensions;

    private PublisherCalls(INamedTypeSymbol publisher, INamedTypeSymbol extensions)
    {
        _publisher = publisher;
        _extensions = extensions;
    }

    /// <returns>Null where the compilation does not know the publisher.</returns>
    public static PublisherCalls? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName(KnownNames.Publisher) is { } publisher
        && compilation.GetTypeByMetadataName(KnownNames.PublisherExtensions) is { } extensions
            ? new PublisherCalls(publisher, extensions)
            : null;

    public bool IsPublish(IMethodSymbol method) => method.Name is "Publish" or "PublishAsync" or "ConfirmAsync" && IsPublisherMethod(method);

    public bool IsAsynchronous(IMethodSymbol method) =>
        method.Name is "PublishAsync" or "ConfirmAsync" or "FlushAsync" && IsPublisherMethod(method);

    /// <summary>The attribute of the published event's type; null where the type is not known or has none.</summary>
    public static AttributeData? EventOf(IInvocationOperation call)
    {
        // Publish(SomeEvent.Descriptor, data) names the event by its descriptor, Publish(data) by its type argument.
        var types = call.Arguments.Select(argument => argument.Value).OfType<IPropertyReferenceOperation>()
            .Where(reference => reference.Property is { IsStatic: true, Name: "Descriptor" })
            .Select(reference => (ITypeSymbol)reference.Property.ContainingType)
            .Concat(call.TargetMethod.TypeArguments);
        return types.Select(type => type.FindAttribute(KnownNames.TelemetryEvent)).FirstOrDefault(attribute => attribute is not null);
    }

    /// <summary>Takes off what stands between a call and the use of its result: await, ConfigureAwait, <c>?.</c>, parentheses.</summary>
    public static IOperation Unwrap(IOperation operation) => operation switch
    {
        IAwaitOperation awaited => Unwrap(awaited.Operation),
        IParenthesizedOperation parenthesized => Unwrap(parenthesized.Operand),
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IConditionalAccessOperation conditional => Unwrap(conditional.WhenNotNull),
        IInvocationOperation { Instance: { } task, TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve" or "GetAwaiter" } => Unwrap(task),
        _ => operation,
    };

    private bool IsPublisherMethod(IMethodSymbol method)
    {
        var type = method.ContainingType.OriginalDefinition;
        return Is(type, _publisher) || Is(type, _extensions) || type.AllInterfaces.Any(implemented => Is(implemented, _publisher));
    }

    private static bool Is(ISymbol left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
