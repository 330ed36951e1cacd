namespace Telemetry.Cli.Catalog;

/// <summary>The member that gives the subject or the key.</summary>
/// <param name="Member">The C# member.</param>
/// <param name="Field">The field that it is in the data; null where it is none, such as a computed key.</param>
/// <param name="Optional">Whether it may be absent.</param>
internal sealed record MarkedMember(string Member, string? Field = null, bool Optional = false);
