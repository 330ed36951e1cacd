using Telemetry.Events.Spool.Storage;

namespace Telemetry.SpoolLoad;

/// <summary>Appends an event to a file and forces it out, under a lock: what a service without group commit does.</summary>
internal sealed class FlushPath(string directory, int threads, bool dataOnly) : IAcceptPath
{
    private readonly FileStream _file = SpoolFiles.Open(
        Path.Combine(directory, $"bare-{threads}-{dataOnly}"), FileMode.Create, FileAccess.Write, FileShare.None);

    private readonly Lock _gate = new();
    private long _offset;

    public string Name => $"{(dataOnly ? "fdatasync" : "fsync")} for each event, {threads} thread{(threads == 1 ? "" : "s")}";

    public int Threads => threads;

    public int Accept()
    {
        lock (_gate)
        {
            RandomAccess.Write(_file.SafeFileHandle, Sample.Event.Body.Span, _offset);
            _offset += Sample.Event.Body.Length;
            if (dataOnly)
                DiskSync.Flush(_file.SafeFileHandle);
            else
                RandomAccess.FlushToDisk(_file.SafeFileHandle);
        }

        return 1;
    }

    public void Dispose() => _file.Dispose();
}
