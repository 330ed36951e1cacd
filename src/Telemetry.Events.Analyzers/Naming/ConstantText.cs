using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Telemetry.Events.Analyzers.Naming;

/// <summary>The texts that an expression can be, where the compiler could know them all.</summary>
/// <param name="Values">All of them; none where a part is known at run time only.</param>
/// <param name="IsBuilt">Whether they are put together at run time, though made of constants.</param>
internal sealed record ConstantText(IReadOnlyList<string> Values, bool IsBuilt)
{
    // Where parts have several values each, their combinations soon say nothing to a reader.
    private const int MaxValues = 16;

    private static readonly ConstantText Unknown = new([], IsBuilt: false);

    public static ConstantText Of(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => new([Text(value)], IsBuilt: false),
        IConversionOperation conversion => Of(conversion.Operand),
        IParenthesizedOperation parenthesized => Of(parenthesized.Operand),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => Either([choice.WhenTrue, whenFalse]),
        ISwitchExpressionOperation choice =>
            Either(choice.Arms.Where(arm => arm.Value is not IThrowOperation && arm.Value is not IConversionOperation { Operand: IThrowOperation })
                .Select(arm => arm.Value)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Joined("", [sum.LeftOperand, sum.RightOperand]),
        IInterpolatedStringOperation interpolated => OfInterpolation(interpolated),
        IInvocationOperation call => OfCall(call),
        _ => Unknown,
    };

    private static ConstantText OfInterpolation(IInterpolatedStringOperation interpolated)
    {
        var parts = interpolated.Parts.Select(part => part switch
        {
            IInterpolatedStringTextOperation text => text.Text,
            IInterpolationOperation { Alignment: null, FormatString: null } hole => hole.Expression,
            _ => null,
        }).ToList();
        return parts.Contains(null) ? Unknown : Joined("", parts!);
    }

    private static ConstantText OfCall(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType.SpecialType != SpecialType.System_String)
            return Unknown;
        return call.TargetMethod.Name switch
        {
            "ToLower" or "ToLowerInvariant" when call.Instance is not null => Lowered(Of(call.Instance)),
            "Concat" => Joined("", Elements(call.Arguments.Select(argument => argument.Value))),
            "Join" when call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: var separator } =>
                Joined(Text(separator), Elements(call.Arguments.Skip(1).Select(argument => argument.Value))),
            _ => Unknown,
        };
    }

    // What is handed over as a parameter array stands in one argument.
    private static IEnumerable<IOperation> Elements(IEnumerable<IOperation> arguments) => arguments.SelectMany(argument => argument switch
    {
        IArrayCreationOperation { Initializer: { } array } => array.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => (IEnumerable<IOperation>)[argument],
    });

    private static ConstantText Lowered(ConstantText text) =>
        new([.. text.Values.Select(value => value.ToLowerInvariant())], text.Values.Count > 0);

    private static ConstantText Either(IEnumerable<IOperation> choices)
    {
        var read = choices.Select(Of).ToList();
        return read.Count == 0 || read.Any(choice => choice.Values.Count == 0)
            ? Unknown
            : new([.. read.SelectMany(choice => choice.Values).Distinct()], read.Any(choice => choice.IsBuilt));
    }

    private static ConstantText Joined(string separator, IEnumerable<IOperation> parts)
    {
        IEnumerable<string>? texts = null;
        foreach (var part in parts)
        {
            var values = Of(part).Values;
            texts = texts is null
                ? values
                : [.. from before in texts from value in values select before + separator + value];
            if (!texts.Any() || texts.Count() > MaxValues)
                return Unknown;
        }

        return texts is null ? Unknown : new([.. texts], IsBuilt: true);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
