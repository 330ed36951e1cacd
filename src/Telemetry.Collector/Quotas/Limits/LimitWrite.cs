using System.Text.Json;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>A wish to change an entry.</summary>
/// <param name="Subject">Whose entry.</param>
/// <param name="Who">Who wants it.</param>
/// <param name="Change">
/// Gives the entry's new form, or null to remove it, from the present one, or null where there is none. It is called under the book's lock.
/// </param>
/// <param name="IfMatch">The entity tags that the entry must have one of, as the header has them; null for whatever it has.</param>
/// <param name="IfNone">Whether there must be no such entry yet.</param>
internal sealed record LimitWrite(
    LimitSubject Subject, string Who, Func<JsonElement?, JsonElement?> Change, string? IfMatch = null, bool IfNone = false);
