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
}
