namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>A record header in a batch's buffer.</summary>
internal readonly record struct HeaderSlice(Slice Name, Slice Value);
