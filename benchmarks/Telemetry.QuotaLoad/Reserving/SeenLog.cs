using Telemetry.Collector.Quotas.Log;

namespace Telemetry.QuotaLoad.Reserving;

/// <summary>Remembers the last record, so that the same bytes can be sent without the ledger.</summary>
internal sealed class SeenLog(IStateLog log) : IStateLog
{
    public StateRecord? Last { get; private set; }

    public Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken) => log.ReplayAsync(apply, cancellationToken);

    public ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken)
    {
        Last = records[^1];
        return log.AppendAsync(records, cancellationToken);
    }
}
