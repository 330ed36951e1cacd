namespace Telemetry.Events;

/// <summary>
/// Marks what the event is about (a task, an asset, a policy): CloudEvents <c>subject</c>. It remains a field of the data.
/// </summary>
/// <remarks>At most one member of an event; a string, a <see cref="Guid"/>, an integer or a <see cref="Uri"/>.</remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EventSubjectAttribute : Attribute;
