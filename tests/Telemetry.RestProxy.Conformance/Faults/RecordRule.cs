namespace Telemetry.RestProxy.Conformance;

/// <summary>Says how a record fails, or <see langword="null"/> if it does not. Called from the server's threads.</summary>
/// <param name="topic">The record's topic.</param>
/// <param name="position">Its place in the request, from 0.</param>
/// <param name="key">Its key, decoded; empty if it has none.</param>
/// <param name="value">Its value, decoded.</param>
public delegate RecordFailure? RecordRule(string topic, int position, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
