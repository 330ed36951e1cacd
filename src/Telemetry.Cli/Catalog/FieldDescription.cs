namespace Telemetry.Cli.Catalog;

/// <summary>A field of an event or of a payload.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Member">The C# member.</param>
/// <param name="Type">Its type.</param>
internal sealed record FieldDescription(string Name, string Member, TypeDescription Type);
