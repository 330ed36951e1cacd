using Telemetry.Chaos.Producers;
using Telemetry.Events;

namespace Telemetry.Chaos.Accounts;

/// <summary>What one process said of itself as a whole.</summary>
internal sealed class ProcessAccount
{
    public bool WasKilled { get; set; }

    /// <summary>The last ledger that it told before it ended, by class; of a process that was stopped, that of its end.</summary>
    public Dictionary<DeliveryClass, ToldLedger> Ledgers { get; } = [];

    /// <summary>What it last told of its memory.</summary>
    public long MemoryBytes { get; set; }

    public bool HasEndLedger { get; set; }

    /// <summary>The highest number that was told, by class and flow.</summary>
    public Dictionary<(DeliveryClass, int Flow), int> LastTold { get; } = [];

    /// <summary>Calls whose event the ledger counts as accepted.</summary>
    public Dictionary<DeliveryClass, long> Accepted { get; } = [];
}
