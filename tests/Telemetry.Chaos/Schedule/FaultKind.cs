namespace Telemetry.Chaos.Schedule;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>No broker accepts connections.</summary>
    BrokerDown,

    /// <summary>The next requests that store records fail, each in a way that passes; the amount is how many.</summary>
    ErrorStorm,

    /// <summary>Answers come late; the amount is by how many milliseconds.</summary>
    SlowAcknowledgements,

    /// <summary>The producer's wall clock jumps; the amount is by how many seconds, backward where negative.</summary>
    ClockJump,

    /// <summary>The disk of the spool has no byte left.</summary>
    DiskFull,
}
