namespace Telemetry.Events.Analyzers.Model;

/// <summary>One value of an enum: its member as C# writes it, and its name on the wire.</summary>
internal sealed record EnumValue(string Member, string WireName);
