using Telemetry.Events.Spool.Log;

namespace Telemetry.Events.Spool.Inspection;

/// <summary>One instance of a spool, looked at from outside.</summary>
/// <param name="Name">The name of its directory.</param>
/// <param name="IsHeld">Whether its process lives.</param>
/// <param name="Owner">Which process made it, as it said.</param>
/// <param name="Logs">Its logs, to be read and not acknowledged.</param>
internal sealed record InspectedInstance(string Name, bool IsHeld, string Owner, IReadOnlyList<LeftLog> Logs) : IDisposable
{
    public void Dispose()
    {
        foreach (var log in Logs)
            log.Dispose();
    }
}
