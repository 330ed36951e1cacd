namespace Telemetry.Events;

/// <summary>
/// Names a field of the data, or a value of an enum, where the member's own name in snake_case is not the one wanted.
/// </summary>
/// <param name="name">The name on the wire: <c>[a-z][a-z0-9_]*</c>; checked at build.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class EventFieldAttribute(string name) : Attribute
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;
}
