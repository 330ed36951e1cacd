namespace Telemetry.Events.Testing;

/// <summary>What a harness can do beyond sending and reading back; cases that need more are left out.</summary>
[Flags]
public enum TransportCapabilities
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>It can take the broker down and bring it up: <see cref="TransportHarness.TakeDownAsync"/>.</summary>
    Outage = 1,

    /// <summary>Its broker refuses events over a size: <see cref="TransportHarness.TooLargeBytes"/>.</summary>
    SizeLimit = 2,

    /// <summary>It can make the broker slow: <see cref="TransportHarness.SlowDownAsync"/>.</summary>
    Slowness = 4,

    /// <summary>It can make the broker ask for a pause: <see cref="TransportHarness.ThrottleAsync"/>.</summary>
    Throttling = 8,

    /// <summary>It has further topics: <see cref="TransportHarness.OtherTopics"/>.</summary>
    ManyTopics = 16,
}
