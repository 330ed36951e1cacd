using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Log;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>A state log in memory, which can fail, surely or with an unknown outcome, and can wait.</summary>
internal sealed class ScriptedStateLog
{
    private readonly Dictionary<string, StateRecord> _records = [];
    private Random? _shuffle;

    public enum Failure
    {
        None,
        Sure,
        UnknownAndWritten,
        UnknownAndLost,
    }

    public Failure Fails { get; set; }

    public TaskCompletionSource? Gate { get; set; }

    public int Count => _records.Count;

    /// <summary>The log as one process sees it, until that ends.</summary>
    public IStateLog Of(Process process) => new View(this, process);

    /// <summary>Replays come in another order from now on: that of the keys' last records is nobody's promise.</summary>
    public void Shuffle(Random random) => _shuffle = random;

    public Task ReplayAsync(Action<StateRecord> apply)
    {
        var records = _records.Values.ToArray();
        _shuffle?.Shuffle(records);
        foreach (var record in records)
            apply(record);
        return Task.CompletedTask;
    }

    public IReadOnlyList<Reservation> All()
    {
        lock (_records)
            return [.. _records.Values.Select(ReservationCodec.Read)];
    }

    /// <summary>A process that writes; once it is dead, nothing of it is written.</summary>
    public sealed class Process
    {
        public bool IsDead { get; set; }
    }

    private sealed class View(ScriptedStateLog log, Process process) : IStateLog
    {
        public Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken) => log.ReplayAsync(apply);

        public async ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken)
        {
            if (log.Gate is { } gate)
                await gate.Task;
            lock (log._records)
            {
                var fails = process.IsDead ? Failure.UnknownAndLost : log.Fails;
                if (fails is Failure.None or Failure.UnknownAndWritten)
                    log.Append(records);
                if (fails != Failure.None)
                    throw new StateLogException("The log is down.", fails != Failure.Sure);
            }
        }
    }

    private void Append(IReadOnlyList<StateRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Value.IsEmpty)
                _records.Remove(record.Key);
            else
                _records[record.Key] = record;
        }
    }
}
