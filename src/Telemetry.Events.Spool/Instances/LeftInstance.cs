using Telemetry.Events.Spool.Log;

namespace Telemetry.Events.Spool.Instances;

/// <summary>An instance that was taken over, with its logs. Guarded by the spool.</summary>
internal sealed class LeftInstance(InstanceDirectory directory) : IDisposable
{
    public InstanceDirectory Directory => directory;

    public List<LeftLog> Logs { get; } = [];

    public void Dispose()
    {
        foreach (var log in Logs)
            log.Dispose();
        directory.Dispose();
    }
}
