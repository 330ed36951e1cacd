using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>Reads the bodies of decisions straight from their bytes: what is wrong is a sentence that names the member.</summary>
internal static class QuotaBodyParser
{
    /// <summary>The most decisions in one request.</summary>
    public const int MaxBatch = 1000;

    public const long MinTtlSeconds = 1;

    /// <summary>Reads a body that is one object.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Parse(in ReadOnlySequence<byte> bytes, QuotaShape shape, QuotaRules rules, out QuotaBody body)
    {
        body = default;
        using var text = new ContiguousBody(bytes);
        try
        {
            var reader = new Utf8JsonReader(text.Span);
            reader.Read();
            var problem = ParseObject(ref reader, shape, rules, default, ref body);
            if (problem is null)
                reader.Read();
            return problem;
        }
        catch (JsonException exception)
        {
            return $"The body is not JSON: {LimitBody.Detail(exception)}.";
        }
    }

    /// <summary>Reads a body that is an object with one list.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="list">The list's name.</param>
    /// <param name="shape">Its elements' members.</param>
    /// <param name="rules">What else is checked.</param>
    /// <param name="bodies">Where the elements go; <see cref="MaxBatch"/> long.</param>
    /// <param name="count">How many there are.</param>
    public static string? ParseBatch(
        in ReadOnlySequence<byte> bytes, string list, QuotaShape shape, QuotaRules rules, Span<QuotaBody> bodies, out int count)
    {
        count = 0;
        using var text = new ContiguousBody(bytes);
        try
        {
            var reader = new Utf8JsonReader(text.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read()
                || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(list)
                || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return $"The body is not an object with the list {list}, and nothing else in it.";
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (count == MaxBatch)
                    return $"{list} has more than {MaxBatch} elements: send them in several requests.";
                if (ParseObject(ref reader, shape, rules, new Place(list, count), ref bodies[count]) is { } problem)
                    return problem;
                count++;
            }

            if (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                return $"The body is not an object with the list {list}, and nothing else in it.";
            reader.Read();
            return count == 0 ? $"{list} is empty: name one at least." : null;
        }
        catch (JsonException exception)
        {
            return $"The body is not JSON: {LimitBody.Detail(exception)}.";
        }
    }

    private static string? ParseObject(ref Utf8JsonReader reader, QuotaShape shape, QuotaRules rules, Place place, ref QuotaBody body)
    {
        body = default;
        if (reader.TokenType != JsonTokenType.StartObject)
            return $"{place} is not a JSON object.";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = QuotaShape.Find(ref reader);
            if ((member & shape.Allowed) == 0)
                return $"{place.Prefix}{reader.GetString()} is not known here; there are {shape.AllowedNames}.";
            if (body.Has(member))
                return $"{place.Prefix}{QuotaShape.NameOf(member)} is there twice.";
            reader.Read();
            // Null stands for a member that is left out.
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            if (ParseMember(ref reader, member, shape, rules, ref body) is { } problem)
                return $"{place.Prefix}{QuotaShape.NameOf(member)} {problem}";
            body.Present |= member;
        }

        var missing = shape.Required & ~body.Present;
        return missing == QuotaMembers.None ? null : $"{place.Prefix}{QuotaShape.NameOf((QuotaMembers)((int)missing & -(int)missing))} is missing.";
    }

    private static string? ParseMember(ref Utf8JsonReader reader, QuotaMembers member, QuotaShape shape, QuotaRules rules, ref QuotaBody body)
    {
        switch (member)
        {
            case QuotaMembers.Amount:
                return ParseAmount(ref reader, shape.AllowsZero, out body.Amount);
            case QuotaMembers.TtlSeconds:
                return ParseTtl(ref reader, rules.MaxTtlSeconds, out body.TimeToLive);
            case QuotaMembers.User:
                return ParseId(ref reader, out body.User);
            case QuotaMembers.TaskId:
                return ParseId(ref reader, out body.Task);
            case QuotaMembers.IdempotencyKey:
                return ParseId(ref reader, out body.IdempotencyKey);
            case QuotaMembers.TenantId:
                return ParseId(ref reader, out body.Tenant);
            default:
                return ParseResource(ref reader, rules, out body.Resource);
        }
    }

    private static string? ParseResource(ref Utf8JsonReader reader, QuotaRules rules, out string? resource)
    {
        resource = reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } ? rules.Resources.Find(reader.ValueSpan) : null;
        if (resource is not null)
            return null;
        var problem = ParseId(ref reader, out var name);
        // Whether there is one of this name, the ledger says.
        resource = rules.Resources.Find(name) ?? name;
        return problem;
    }

    private static string? ParseAmount(ref Utf8JsonReader reader, bool allowsZero, out QuotaAmount amount)
    {
        amount = default;
        if (reader.TokenType != JsonTokenType.Number)
            return "is not a number.";
        var problem = QuotaAmountNumber.Parse(reader.ValueSpan, out amount);
        if (problem != QuotaAmountProblem.None)
            return $"is not an amount: {QuotaAmountJsonConverter.Describe(problem)}.";
        if (amount < QuotaAmount.Zero || (!allowsZero && amount == QuotaAmount.Zero))
            return $"is {amount}: write a number {(allowsZero ? "from 0 on" : "above 0")}.";
        return null;
    }

    private static string? ParseTtl(ref Utf8JsonReader reader, long max, out TimeSpan timeToLive)
    {
        timeToLive = default;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var seconds) || seconds < MinTtlSeconds || seconds > max)
            return $"is not a whole number of seconds from {MinTtlSeconds} to {max}.";
        timeToLive = TimeSpan.FromSeconds(seconds);
        return null;
    }

    private static string? ParseId(ref Utf8JsonReader reader, out string? id)
    {
        id = null;
        if (reader.TokenType == JsonTokenType.String)
        {
            try
            {
                id = reader.GetString();
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, or bytes that are no UTF-8.
                return "is not text in UTF-8.";
            }
        }

        return LimitNames.IsId(id) ? null : $"is not a text of {LimitNames.IdForm}.";
    }

    /// <summary>Where an object stands, for a sentence: the body, or an element of its list. Written out only where something is wrong.</summary>
    private readonly record struct Place(string? List, int Index)
    {
        public string Prefix => List is null ? "" : $"{this}.";

        public override string ToString() => List is null ? "The body" : string.Create(CultureInfo.InvariantCulture, $"{List}[{Index}]");
    }
}
