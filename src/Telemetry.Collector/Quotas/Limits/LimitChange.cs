using System.Text.Json;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>
/// A change of an entry. The state log has it twice: as the entry's last record, and under a key of its own as history. Each of the two
/// restores both, so that a write that got only one of them there leaves nothing half done.
/// </summary>
/// <param name="Id">Unique, and ordered by time.</param>
/// <param name="At">When.</param>
/// <param name="Who">The caller's name, or <c>file</c>.</param>
/// <param name="Kind">plan, user, tenant, default or grant.</param>
/// <param name="Name">Of what: the plan, user or tenant; null for the default.</param>
/// <param name="Resource">Of a grant: the resource.</param>
/// <param name="Grant">Of a grant: its id.</param>
/// <param name="Revision">Counts the entry's changes from 1, also over a removal.</param>
/// <param name="Before">The entry before; null where there was none.</param>
/// <param name="After">The entry since; null where it was removed.</param>
internal sealed record LimitChange(
    string Id,
    DateTimeOffset At,
    string Who,
    string Kind,
    string? Name,
    string? Resource,
    string? Grant,
    long Revision,
    JsonElement? Before,
    JsonElement? After)
{
    /// <summary>Who has made the changes of the limits file. No API key may be called so.</summary>
    public const string File = "file";

    private static readonly string[] Kinds = ["plan", "user", "tenant", "default", "grant"];

    /// <summary>The key of the history's record.</summary>
    public string Key => $"change/{Id}";

    public static string KindOf(LimitKind kind) => Kinds[(int)kind];

    /// <summary>Whose entry it is.</summary>
    /// <exception cref="JsonException">The kind is not known: a later version wrote it.</exception>
    public LimitSubject ReadSubject() =>
        Array.IndexOf(Kinds, Kind) is var kind and >= 0
            ? new((LimitKind)kind, Name ?? "", Resource, Grant)
            : throw new JsonException($"A change's kind is '{Kind}', which this version does not know.");
}
