namespace Telemetry.Samples.AuditService;

/// <summary>How often each actor was denied. In memory, for the sample; a service keeps ids and counts in one transaction.</summary>
internal sealed class Denials
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Counts an event once, however often it comes.</summary>
    /// <returns>The actor's count; null where the event was counted already.</returns>
    public int? Add(string eventId, string actorId)
    {
        lock (_gate)
        {
            if (!_seen.Add(eventId))
                return null;
            return _counts[actorId] = _counts.GetValueOrDefault(actorId) + 1;
        }
    }

    public IReadOnlyDictionary<string, int> ByActor()
    {
        lock (_gate)
            return new Dictionary<string, int>(_counts);
    }
}
