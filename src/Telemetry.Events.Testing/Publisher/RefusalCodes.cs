namespace Telemetry.Events.Testing;

/// <summary>Refusals as they stand in receipts.</summary>
internal static class RefusalCodes
{
    /// <summary>The member's name in snake_case, which is the rule of the publisher's own codes.</summary>
    public static string Of(RefusalReason reason) => string.Concat(reason.ToString().Select((letter, i) =>
        i > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
