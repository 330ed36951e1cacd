using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telemetry.Collector.Quotas.Model;

/// <summary>An amount as a JSON number, exact.</summary>
internal sealed class QuotaAmountJsonConverter : JsonConverter<QuotaAmount>
{
    public const string TooLarge = "it has more than 26 digits before the point";
    public const string TooPrecise = "it has more than 12 digits after the point";

    /// <summary>What is wrong, to be continued with what to write.</summary>
    public static string Describe(QuotaAmountProblem problem) => problem switch
    {
        QuotaAmountProblem.TooPrecise => TooPrecise,
        QuotaAmountProblem.TooLong => "it has more than 128 characters",
        _ => TooLarge,
    };

    public override QuotaAmount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException("it is no number");
        var token = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        var problem = QuotaAmountNumber.Parse(token, out var amount);
        return problem == QuotaAmountProblem.None ? amount : throw new JsonException(Describe(problem));
    }

    public override void Write(Utf8JsonWriter writer, QuotaAmount value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[QuotaAmountNumber.MaxLength];
        writer.WriteRawValue(text[..QuotaAmountNumber.Format(value, text)], skipInputValidation: true);
    }
}
