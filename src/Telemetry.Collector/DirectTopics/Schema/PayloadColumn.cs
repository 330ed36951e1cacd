namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>A column that a field of the payload fills.</summary>
/// <param name="Name">The column: the field's name, with <c>data_</c> in front where an attribute has that name.</param>
/// <param name="Field">The field's name on the wire.</param>
/// <param name="Type">Its type.</param>
/// <param name="RequiredBy">The event types that must have it.</param>
internal sealed record PayloadColumn(string Name, string Field, ColumnType Type, IReadOnlyList<string> RequiredBy);
