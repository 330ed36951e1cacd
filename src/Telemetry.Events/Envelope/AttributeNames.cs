using System.Collections.Frozen;

namespace Telemetry.Events.Envelope;

/// <summary>What a service may call an attribute of its own.</summary>
internal static class AttributeNames
{
    public const int MaxLength = 20;

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
    [
        EnvelopeAttributes.SpecVersion, EnvelopeAttributes.Id, EnvelopeAttributes.Source, EnvelopeAttributes.Type,
        EnvelopeAttributes.Time, EnvelopeAttributes.DataContentType, EnvelopeAttributes.Subject, EnvelopeAttributes.PartitionKey,
        EnvelopeAttributes.TenantId, EnvelopeAttributes.NodeId, EnvelopeAttributes.VmType, EnvelopeAttributes.HostName,
        EnvelopeAttributes.StorageSize, EnvelopeAttributes.StorageType, EnvelopeAttributes.Producer, EnvelopeAttributes.Sequence,
        EnvelopeAttributes.TraceParent, EnvelopeAttributes.TraceState, EnvelopeAttributes.Data, "data_base64", "dataschema",
    ]);

    /// <summary>A sentence with the cause and the fix, or null for a good name.</summary>
    public static string? Check(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxLength || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            return $"'{name}' is no attribute name: CloudEvents takes lower-case letters and digits, {MaxLength} at most, such as 'region'.";
        return Reserved.Contains(name) ? $"The attribute '{name}' is written by the SDK itself; choose another name." : null;
    }
}
