using System.Text.Json;
using Telemetry.Collector.Quotas.Limits.Documents;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>
/// The limit book: plans, limits and grants in memory, durable in the state log. Reading never waits; changes wait for each other and for
/// the log.
/// </summary>
/// <param name="log">The state log.</param>
/// <param name="resources">The resources that there are.</param>
/// <param name="time">The clock.</param>
internal sealed class LimitBook(IStateLog log, KnownResources resources, TimeProvider time) : ILimitBook, IDisposable
{
    private readonly LimitTable _table = new(resources);
    private readonly ChangeHistory _history = new();
    private readonly Dictionary<string, LimitEntry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _entriesLock = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ChangeIds _ids = new(time);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;
    private volatile bool _isFileInForce;

    /// <inheritdoc/>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Completes when the book is whole: before, no limit may be taken for none.</summary>
    public Task Ready => _ready.Task;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Whether entries that the file made are the file's alone to change.</summary>
    public bool IsFileInForce => _isFileInForce;

    /// <inheritdoc/>
    public QuotaPolicy Resolve(string user, string? tenant, string resource) => _table.Resolve(user, tenant, resource);

    /// <summary>An entry, or null where there is none.</summary>
    public LimitEntry? Find(LimitSubject subject)
    {
        lock (_entriesLock)
            return _entries.TryGetValue(subject.Key, out var entry) && entry.Exists ? entry : null;
    }

    /// <summary>The entries of a kind, by name.</summary>
    public IReadOnlyList<LimitEntry> List(LimitKind kind)
    {
        lock (_entriesLock)
        {
            return [.. _entries.Values.Where(entry => entry.Exists && entry.Subject.Kind == kind)
                .OrderBy(entry => entry.Subject.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>A user's grants of a resource, those that have expired among them, in the order of their use.</summary>
    public IReadOnlyList<QuotaGrant> Grants(string user, string resource) => _table.Grants(user, resource);

    /// <summary>The latest changes, newest first.</summary>
    public IReadOnlyList<LimitChange> Changes(int limit) => _history.Latest(limit);

    /// <summary>Whether a record of the state log is the book's.</summary>
    public static bool Owns(StateRecord record) =>
        record.Key.StartsWith("limit/", StringComparison.Ordinal)
        || record.Key.StartsWith("grant/", StringComparison.Ordinal)
        || record.Key.StartsWith("change/", StringComparison.Ordinal);

    /// <summary>
    /// Applies a record of the state log, whoever wrote it. One that is known already, or older than what is known, changes nothing.
    /// </summary>
    /// <param name="record">A record that <see cref="Owns"/> names.</param>
    /// <exception cref="JsonException">It is none of this version's.</exception>
    public void Apply(StateRecord record)
    {
        if (record.Value.IsEmpty)
            return;
        var change = JsonSerializer.Deserialize(record.Value.Span, LimitJson.Default.LimitChange)
            ?? throw new JsonException($"The record '{record.Key}' is null.");
        Apply(new LimitEntry(change.ReadSubject(), change));
    }

    /// <summary>Says that the book is whole.</summary>
    public void MarkReady() => _ready.TrySetResult();

    /// <summary>Changes an entry: durable first, then in force, then answered.</summary>
    public async ValueTask<LimitWriteResult> WriteAsync(LimitWrite write, CancellationToken cancellationToken)
    {
        if (!IsReady)
            return new(LimitWriteStatus.Starting, null, "The state log is being read; the limits are not known yet. Try again.");
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var current = Find(write.Subject);
            if (Refusal(write, current) is { } refusal)
                return refusal;
            var after = write.Change(current?.Change.After);
            if (after is null && current is null)
                return new(LimitWriteStatus.NotFound, null, $"There is no entry for {write.Subject}.");
            if (Conflict(write.Subject, after) is { } conflict)
                return new(LimitWriteStatus.Refused, current, conflict);
            if (current is not null && after is not null && AreEqual(current.Change.After, after))
                return new(LimitWriteStatus.Done, current);

            var changed = NewEntry(write.Subject, write.Who, after);
            await AppendAsync([changed], cancellationToken);
            Apply(changed);
            return new(LimitWriteStatus.Done, changed.Exists ? changed : null);
        }
        catch (StateLogException exception)
        {
            return new(LimitWriteStatus.LogUnavailable, null, exception.IsOutcomeUnknown
                ? "The state log did not say whether it has the change: it may come into force at the next start. Send it again."
                : "The state log does not take the change. Try again.");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Makes the book agree with the limits file: what stands in it, and nothing else that a file once made.</summary>
    /// <param name="file">The file's entries.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many entries it changed.</returns>
    /// <exception cref="StateLogException">The state log did not take it; nothing is in force.</exception>
    public async Task<int> ApplyFileAsync(IReadOnlyDictionary<LimitSubject, LimitSet> file, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            List<LimitEntry> changed = [];
            foreach (var (subject, set) in file)
            {
                var (current, after) = (Find(subject), LimitJson.Element(set));
                if (current is not { IsFromFile: true } || !AreEqual(current.Change.After, after))
                    changed.Add(NewEntry(subject, LimitChange.File, after));
            }

            foreach (var gone in Entries().Where(entry => entry.IsFromFile && !file.ContainsKey(entry.Subject)))
                changed.Add(NewEntry(gone.Subject, LimitChange.File, null));
            if (changed.Count > 0)
                await AppendAsync(changed, cancellationToken);
            _isFileInForce = true;
            changed.ForEach(Apply);
            return changed.Count;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private LimitWriteResult? Refusal(LimitWrite write, LimitEntry? current)
    {
        if (_isFileInForce && current is { IsFromFile: true })
            return new(LimitWriteStatus.InFile, current, $"The limits file has {write.Subject}: change it there.");
        if (write.IfNone && current is not null)
            return new(LimitWriteStatus.Changed, current, $"There is an entry for {write.Subject} already.");
        if (write.IfMatch is not { } tags)
            return null;
        var matches = current is not null
            && (tags.Trim() == "*" || tags.Split(',', StringSplitOptions.TrimEntries).Contains(current.Tag, StringComparer.Ordinal));
        return matches
            ? null
            : new(LimitWriteStatus.Changed, current, current is null
                ? $"There is no entry for {write.Subject}, and If-Match wants one."
                : $"The entry for {write.Subject} was changed since: its tag is {current.Tag} now. Read it again.");
    }

    private string? Conflict(LimitSubject subject, JsonElement? after)
    {
        if (subject.Kind == LimitKind.Grant)
            return null;
        if (after is null)
        {
            return subject.Kind == LimitKind.Plan && _table.FindUseOf(subject.Name) is { } user
                ? $"{user} has the plan '{subject.Name}': give it another one first."
                : null;
        }

        return after.Value.TryGetProperty("plan", out var plan) && !_table.HasPlan(plan.GetString()!)
            ? $"There is no plan '{plan.GetString()}': make it first (PUT /v1/quota-plans/{plan.GetString()})."
            : null;
    }

    private LimitEntry NewEntry(LimitSubject subject, string who, JsonElement? after)
    {
        LimitEntry? last;
        lock (_entriesLock)
            last = _entries.GetValueOrDefault(subject.Key);
        return new LimitEntry(subject, new LimitChange(
            _ids.Next(), time.GetUtcNow(), who, LimitChange.KindOf(subject.Kind), subject.Kind == LimitKind.Default ? null : subject.Name,
            subject.Resource, subject.Grant, (last?.Change.Revision ?? 0) + 1, last?.Change.After, after));
    }

    private ValueTask AppendAsync(List<LimitEntry> entries, CancellationToken cancellationToken)
    {
        List<StateRecord> records = new(2 * entries.Count);
        foreach (var entry in entries)
        {
            var value = JsonSerializer.SerializeToUtf8Bytes(entry.Change, LimitJson.Default.LimitChange);
            records.Add(new StateRecord(entry.Change.Key, entry.Subject.Owner, value));
            records.Add(new StateRecord(entry.Subject.Key, entry.Subject.Owner, value));
        }

        return log.AppendAsync(records, cancellationToken);
    }

    private void Apply(LimitEntry entry)
    {
        _history.Add(entry.Change);
        lock (_entriesLock)
        {
            // Of two of one revision the later record counts, as it does in the log.
            if (_entries.TryGetValue(entry.Subject.Key, out var known) && known.Change.Revision > entry.Change.Revision)
                return;
            if (known?.Change.Id == entry.Change.Id)
                return;
            _entries[entry.Subject.Key] = entry;
            _table.Set(entry.Subject, entry.Change.After);
            // Last: who sees the new number finds what it stands for.
            Interlocked.Increment(ref _version);
        }
    }

    private List<LimitEntry> Entries()
    {
        lock (_entriesLock)
            return [.. _entries.Values];
    }

    private static bool AreEqual(JsonElement? one, JsonElement? other) => one?.GetRawText() == other?.GetRawText();
}
