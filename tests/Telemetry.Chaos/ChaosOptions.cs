using Telemetry.Events;

namespace Telemetry.Chaos;

/// <summary>One run.</summary>
internal sealed record ChaosOptions
{
    public required int Seed { get; init; }

    /// <summary>Producer processes, one after the other.</summary>
    public required int Cycles { get; init; }

    public required IReadOnlyList<DeliveryClass> Classes { get; init; }

    /// <summary>The share of processes that are stopped by SIGTERM instead of killed.</summary>
    public double Stops { get; init; }

    /// <summary>Whether the spool is on a small file system of its own (a tmpfs, for which root is needed), which can be filled up.</summary>
    public bool SmallDisk { get; init; }

    /// <summary>Events a second and flow, at most.</summary>
    public int FlowRate { get; init; } = 500;

    /// <summary>Whether to show each cycle, with what its process logged.</summary>
    public bool Verbose { get; init; }

    /// <summary>Where the spool is, unless <see cref="SmallDisk"/>.</summary>
    public string? Directory { get; init; }
}
