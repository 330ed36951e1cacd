using System.Text.Json;
using Telemetry.Events;

namespace Telemetry.Chaos.Producers;

/// <summary>What a producer process is to do; its one argument.</summary>
internal sealed record ProducerSettings
{
    public required string Brokers { get; init; }

    public required string SpoolDirectory { get; init; }

    /// <summary>The number of this process in the run, from 1.</summary>
    public required int Process { get; init; }

    /// <summary>What it publishes; nothing for one that only sends what others left.</summary>
    public IReadOnlyList<DeliveryClass> Classes { get; init; } = [];

    /// <summary>Events a second and flow, at most.</summary>
    public int FlowRate { get; init; } = 500;

    /// <summary>What the wall clock is ahead of the machine's.</summary>
    public TimeSpan ClockOffset { get; init; }

    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The bound of a lane in memory: small, so that outages of a second reach it.</summary>
    public int MaxBufferedEvents { get; init; } = 4000;

    /// <summary>The bound of a batch: small, so that what waits for a slow broker is several batches, which are then in flight together.</summary>
    public int MaxBatchEvents { get; init; } = 50;

    /// <summary>The bound of each log.</summary>
    public long MaxSpoolBytes { get; init; } = 1 << 30;

    /// <summary>Whether it collects all garbage twice a second, and tells what is left.</summary>
    public bool TellsMemory { get; init; }

    public string ToArgument() => JsonSerializer.Serialize(this);

    public static ProducerSettings Parse(string argument) =>
        JsonSerializer.Deserialize<ProducerSettings>(argument) ?? throw new ArgumentException("A producer needs its settings.", nameof(argument));
}
