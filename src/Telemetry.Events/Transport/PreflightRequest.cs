namespace Telemetry.Events.Transport;

/// <summary>What a service is going to send, for a transport to check against its broker.</summary>
public sealed record PreflightRequest
{
    /// <summary>The topics to be written to. May be empty: then no topic is checked.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>The largest event in bytes that the service may send. Default 1,000,000.</summary>
    public int MaxEventBytes { get; init; } = 1_000_000;

    /// <summary>How long shutdown may take (<see cref="TelemetryEventsOptions.ShutdownTimeout"/>). Default 10 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
