using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Events;

/// <summary>
/// The name of an event: <c>system.component.action</c> with an optional fourth part, the note; each part
/// <c>[a-z][a-z0-9_-]*</c>, 128 characters at most in all. It is the CloudEvents <c>type</c> of what is published.
/// </summary>
/// <remarks>
/// Immutable. Parsing allocates nothing but, on failure, what the caller asks of the error. The default value holds the
/// empty name, which <see cref="IsEmpty"/> tells; no publisher takes it. Source: specification, "Event Naming Rules".
/// </remarks>
public readonly struct EventName : IEquatable<EventName>, IParsable<EventName>
{
    /// <summary>The most characters that a name may have: 128.</summary>
    public const int MaxLength = EventNameRules.MaxLength;

    private readonly string? _value;

    private EventName(string value) => _value = value;

    /// <summary>The whole name, such as <c>xumi.weights.load.start</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>True for the default value only.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>The first part: the system or service that emits the event.</summary>
    public ReadOnlySpan<char> System => Part(0);

    /// <summary>The second part: the component or subsystem responsible.</summary>
    public ReadOnlySpan<char> Component => Part(1);

    /// <summary>The third part: the action performed.</summary>
    public ReadOnlySpan<char> Action => Part(2);

    /// <summary>The fourth part, or empty where there is none.</summary>
    public ReadOnlySpan<char> Note => Part(3);

    /// <summary>Parses a name.</summary>
    /// <param name="name">The text.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">The text is null or breaks a rule; the message says which, and what to write instead.</exception>
    public static EventName Parse([NotNull] string? name) =>
        TryParse(name, out var result, out var error) ? result : throw new FormatException(error.Message);

    /// <summary>Parses a name without throwing.</summary>
    /// <param name="name">The text; null counts as empty.</param>
    /// <param name="result">The name, or the default value.</param>
    /// <param name="error">The broken rule with its sentence, where the result is false.</param>
    /// <returns>Whether the text is a name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out EventName result, out EventNameError error)
    {
        var rule = EventNameRules.Check(name, out var position);
        if (rule == EventNameRule.None)
        {
            result = new EventName(name!);
            error = default;
            return true;
        }

        result = default;
        error = new EventNameError(rule, name, position);
        return false;
    }

    /// <inheritdoc cref="TryParse(string?, out EventName, out EventNameError)"/>
    public static bool TryParse([NotNullWhen(true)] string? name, out EventName result) => TryParse(name, out result, out _);

    static EventName IParsable<EventName>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<EventName>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out EventName result) => TryParse(s, out result);

    /// <summary>Ordinal equality of the whole name.</summary>
    public static bool operator ==(EventName left, EventName right) => left.Equals(right);

    /// <summary>Ordinal inequality of the whole name.</summary>
    public static bool operator !=(EventName left, EventName right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EventName other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EventName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary><see cref="Value"/>.</summary>
    public override string ToString() => Value;

    private ReadOnlySpan<char> Part(int index)
    {
        var rest = _value.AsSpan();
        while (true)
        {
            var dot = rest.IndexOf('.');
            if (index == 0)
                return dot < 0 ? rest : rest[..dot];
            if (dot < 0)
                return default;
            rest = rest[(dot + 1)..];
            index--;
        }
    }
}
