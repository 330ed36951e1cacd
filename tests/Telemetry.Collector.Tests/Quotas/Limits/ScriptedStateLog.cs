using System.Collections.Concurrent;
using Telemetry.Collector.Quotas.Log;

namespace Telemetry.Collector.Tests.Quotas.Limits;

/// <summary>A state log in memory that fails on command. Keeps all records, as a log that was never compacted.</summary>
internal sealed class ScriptedStateLog : IStateLog
{
    private readonly ConcurrentQueue<StateRecord> _records = new();

    public IReadOnlyList<StateRecord> Records => [.. _records];

    /// <summary>What the next append does instead; null for nothing else.</summary>
    public StateLogException? Failure { get; set; }

    /// <summary>How many records of a failing append are there all the same.</summary>
    public int KeptOnFailure { get; set; }

    /// <summary>Completes a replay; until then it waits.</summary>
    public Task Replaying { get; set; } = Task.CompletedTask;

    public async Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken)
    {
        await Replaying.WaitAsync(cancellationToken);
        foreach (var record in _records)
            apply(record);
    }

    public ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in Failure is null ? records : records.Take(KeptOnFailure))
            _records.Enqueue(record);
        return Failure is { } failure ? ValueTask.FromException(failure) : ValueTask.CompletedTask;
    }
}
