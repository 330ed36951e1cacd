using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events.Spool.Log;

namespace Telemetry.Events.Spool.Tests;

/// <summary>Opens logs without a spool around them.</summary>
internal static class SpoolLogs
{
    public static LeftLog OpenLeft(string logDirectory, string damagedDirectory)
    {
        var location = LogLocation.TryParse(logDirectory)!;
        return LeftLog.Open(
            location,
            new LogSettings(logDirectory, SpoolFixture.SmallBytes, TimeSpan.Zero, damagedDirectory, TimeProvider.System, NullLogger.Instance),
            drained: static () => { });
    }
}
