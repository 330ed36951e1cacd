namespace Telemetry.Events.Transport;

/// <summary>One encoded event on its way to a transport. Every transport sends these bytes as they are.</summary>
/// <param name="Id">The CloudEvents id; the same at every attempt.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Key">The record's key in UTF-8; empty for none.</param>
/// <param name="Body">The structured-mode CloudEvents JSON object.</param>
/// <remarks>The publisher owns the memory; it is valid until the batch's outcomes are returned.</remarks>
public readonly record struct OutgoingEvent(Guid Id, string Topic, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Body);
