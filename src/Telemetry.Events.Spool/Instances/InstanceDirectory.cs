using System.Globalization;
using System.Security.Cryptography;
using Telemetry.Events.Spool.Log;
using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Instances;

/// <summary>The directory of one process. Whoever holds its lock owns what is in it. Safe for use from any thread.</summary>
internal sealed class InstanceDirectory : IDisposable
{
    public const string ParentName = "instances";
    public const string OwnerFileName = "owner";
    private const string LockFileName = "lock";

    private readonly Lock _gate = new();
    private FileLock _lock;

    private InstanceDirectory(string path, FileLock taken)
    {
        Path = path;
        _lock = taken;
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Makes a new one. The root's lock is held.</summary>
    public static InstanceDirectory Create(string root, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        var name = string.Create(CultureInfo.InvariantCulture, $"{now}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var path = System.IO.Path.Combine(root, ParentName, name);
        return new InstanceDirectory(path, TakeNew(path));
    }

    /// <summary>Takes one over; null where its process lives, or somebody else was faster. The root's lock is held.</summary>
    public static InstanceDirectory? TryTake(string path) =>
        FileLock.TryTake(System.IO.Path.Combine(path, LockFileName)) is { } taken ? new InstanceDirectory(path, taken) : null;

    /// <summary>All instances, oldest first.</summary>
    public static IEnumerable<string> Enumerate(string root)
    {
        var parent = System.IO.Path.Combine(root, ParentName);
        return Directory.Exists(parent) ? Directory.GetDirectories(parent).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>The logs in it.</summary>
    public static IEnumerable<LogLocation> Logs(string path) =>
        Directory.GetDirectories(path).Order(StringComparer.Ordinal).Select(LogLocation.TryParse).OfType<LogLocation>();

    /// <summary>Makes a log's directory, and all above it if somebody removed them.</summary>
    public void Prepare(string logDirectory)
    {
        lock (_gate)
        {
            if (!File.Exists(System.IO.Path.Combine(Path, LockFileName)))
            {
                var renewed = TakeNew(Path);
                _lock.Dispose();
                _lock = renewed;
            }

            if (Directory.Exists(logDirectory))
                return;
            SpoolFiles.CreateDirectory(logDirectory);
            DiskSync.FlushDirectory(Path);
        }
    }

    /// <summary>Deletes it, unless segments are left that this version does not know or could not delete. The root's lock is held.</summary>
    public void Delete()
    {
        Dispose();
        try
        {
            if (!Directory.EnumerateFiles(Path, $"*{SegmentName.Extension}", SearchOption.AllDirectories).Any())
                Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            // What is left is empty of events; the next start deletes it.
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _lock.Dispose();
    }

    private static FileLock TakeNew(string path)
    {
        // One by one: the mode holds for the last one only.
        var parent = System.IO.Path.GetDirectoryName(path)!;
        SpoolFiles.CreateDirectory(System.IO.Path.GetDirectoryName(parent)!);
        SpoolFiles.CreateDirectory(parent);
        SpoolFiles.CreateDirectory(path);
        var taken = FileLock.TryTake(System.IO.Path.Combine(path, LockFileName))
            ?? throw new IOException($"{path} was taken by another process the moment it was made.");
        using (var owner = SpoolFiles.Open(System.IO.Path.Combine(path, OwnerFileName), FileMode.Create, FileAccess.Write, FileShare.Read))
            owner.Write(System.Text.Encoding.UTF8.GetBytes($"process {Environment.ProcessId} on {Environment.MachineName}"));
        DiskSync.FlushDirectory(path);
        DiskSync.FlushDirectory(parent);
        return taken;
    }
}
