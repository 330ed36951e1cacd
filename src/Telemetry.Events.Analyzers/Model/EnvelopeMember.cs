namespace Telemetry.Events.Analyzers.Model;

/// <summary>The property that gives the subject or the partition key.</summary>
/// <param name="Member">The property.</param>
/// <param name="Kind">String, Guid, Integer, UnsignedLong or Uri.</param>
/// <param name="MayBeNull">Whether a null can stand there at run time.</param>
internal sealed record EnvelopeMember(string Member, FieldKind Kind, bool MayBeNull);
