using System.Text.Json;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>An entry of the limit book.</summary>
/// <param name="Name">The plan, user or tenant; absent for the default.</param>
/// <param name="Plan">The plan that it is assigned to; absent for none.</param>
/// <param name="Limits">Its limits by resource; absent for none.</param>
/// <param name="Revision">Counts its changes; the entity tag too.</param>
/// <param name="ReadOnly">Whether the limits file has it, so that the API cannot change it.</param>
/// <param name="ChangedAt">When it was changed last; UTC.</param>
/// <param name="ChangedBy">Who did.</param>
internal sealed record LimitEntryResponse(
    string? Name,
    string? Plan,
    IReadOnlyDictionary<string, LimitDocument?>? Limits,
    long Revision,
    bool ReadOnly,
    DateTimeOffset ChangedAt,
    string ChangedBy)
{
    public static LimitEntryResponse From(LimitEntry entry, bool isFileInForce)
    {
        var set = entry.Change.After!.Value.Deserialize(LimitJson.Default.LimitSetDocument)!;
        return new(
            entry.Change.Name, set.Plan, set.Limits, entry.Change.Revision, isFileInForce && entry.IsFromFile, entry.Change.At, entry.Change.Who);
    }
}
