namespace Telemetry.Events.Analyzers.Model;

/// <summary>One field of an event's data.</summary>
/// <param name="Member">The property that holds it.</param>
/// <param name="WireName">Its name in the JSON.</param>
/// <param name="Type">Its type.</param>
internal sealed record EventField(string Member, string WireName, FieldType Type)
{
    public string Signature => WireName + ":" + Type.Signature;
}
