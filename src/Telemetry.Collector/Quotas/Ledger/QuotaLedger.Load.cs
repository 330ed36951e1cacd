using System.Collections.Concurrent;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Users on their way into memory.</summary>
internal sealed partial class QuotaLedger
{
    // A load is repeated where the store or a limit has changed meanwhile. More often than this would be a loop.
    private const int MaxAttempts = 8;
    private const string ChangesTooFast = "The user's limits or the store change faster than they can be read.";

    private readonly ConcurrentQueue<(LedgerShard Shard, UserState User)> _wanted = new();
    private readonly TimeProvider _time;
    private int _loaders;

    // Does something under the lock with a user in memory, who is loaded first where it has to be.
    private async ValueTask<QuotaAnswer<T>> WithUserAsync<T>(
        string user, string? tenant, Func<LedgerShard, UserState, long, T> action, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (TryWithUser(user, tenant, action, out var answer, out var load))
                return answer;
            await load!.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (load.Failure is { } failure)
                return new QuotaAnswer<T>(QuotaStatus.StoreUnavailable, default, failure);
        }

        return new QuotaAnswer<T>(QuotaStatus.StoreUnavailable, default, ChangesTooFast);
    }

    private bool TryWithUser<T>(
        string user, string? tenant, Func<LedgerShard, UserState, long, T> action, out QuotaAnswer<T> answer, out LoadOperation? load)
    {
        using var name = new Utf8Text(user, stackalloc byte[Utf8Text.StackLength]);
        var key = TextKey.OfUser(name.Span);
        var shard = ShardOf(key);
        ShardEffects effects = default;
        var isNew = false;
        lock (shard.Lock)
        {
            var now = _context.Now;
            var state = shard.Enter(key, name.Span);
            LedgerShard.Name(state, tenant, now);
            load = shard.Refresh(state, now, ref effects) ? null : shard.Join(state, now, out isNew);
            answer = state.Resources is not null
                ? new QuotaAnswer<T>(QuotaStatus.Ok, action(shard, state, now), null)
                : new QuotaAnswer<T>(QuotaStatus.StoreUnavailable, default, state.Failure);
        }

        Deliver(shard, effects);
        if (isNew)
            _ = RunAsync(shard, load!);
        return load is null;
    }

    private async Task RunAsync(LedgerShard shard, LoadOperation load)
    {
        string? failure;
        try
        {
            failure = await LoadAsync(shard, load).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the store throws: there is no answer then, and whoever waits has to be told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = $"The store of usage does not answer: {exception.Message}";
        }

        lock (shard.Lock)
            shard.End(load, failure, _context.Now + (long)_context.Options.LoadBackoff.TotalMilliseconds);
        load.End(failure);
    }

    private async Task<string?> LoadAsync(LedgerShard shard, LoadOperation load)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            UserUsageQuery? query;
            string? why;
            lock (shard.Lock)
                query = shard.Prepare(load, _context.Now, out why);
            if (query is null)
                return why;
            var usage = await _store.LoadAsync(query, CancellationToken.None).ConfigureAwait(false);
            ShardEffects effects = default;
            bool isComplete;
            lock (shard.Lock)
                isComplete = shard.TryComplete(load, usage, _context.Now, ref effects);
            Deliver(shard, effects);
            if (isComplete)
                return null;
        }

        return ChangesTooFast;
    }

    private void LoadInBackground(LedgerShard shard, UserState user)
    {
        _wanted.Enqueue((shard, user));
        if (TryAddLoader())
            _ = Task.Run(LoadWantedAsync);
    }

    private async Task LoadWantedAsync()
    {
        do
        {
            while (_wanted.TryDequeue(out var wanted))
                await LoadWantedAsync(wanted.Shard, wanted.User).ConfigureAwait(false);
            Interlocked.Decrement(ref _loaders);
            // Who was queued after the last look, and before this loader was out of the count, has no other loader.
        }
        while (!_wanted.IsEmpty && TryAddLoader());
    }

    private bool TryAddLoader()
    {
        if (Interlocked.Increment(ref _loaders) <= _context.Options.BackgroundLoads)
            return true;
        Interlocked.Decrement(ref _loaders);
        return false;
    }

    private async Task LoadWantedAsync(LedgerShard shard, UserState user)
    {
        LoadOperation? load = null;
        var isNew = false;
        ShardEffects effects = default;
        lock (shard.Lock)
        {
            var now = _context.Now;
            user.IsQueued = false;
            if (!shard.Refresh(user, now, ref effects))
                load = shard.Join(user, now, out isNew);
        }

        Deliver(shard, effects);
        if (isNew)
            await RunAsync(shard, load!).ConfigureAwait(false);
    }
}
