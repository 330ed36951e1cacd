using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spool.Log;
using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Inspection;

/// <summary>Looks at a spool without taking anything over: for the command line.</summary>
internal static class SpoolInspector
{
    public static bool IsSpool(string directory) => Directory.Exists(Path.Combine(directory, InstanceDirectory.ParentName));

    /// <summary>
    /// All instances, oldest first, with every record checked. Of a living process, what it is writing at this moment may be missing.
    /// </summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read it.</exception>
    public static IReadOnlyList<InspectedInstance> Inspect(string directory)
    {
        var root = Path.GetFullPath(directory);
        var found = new List<(string Path, bool IsHeld)>();
        // A process that starts meanwhile would else find an instance locked by us, and leave it for dead.
        using (RootLock.Take(root, TimeProvider.System))
        {
            foreach (var path in InstanceDirectory.Enumerate(root))
            {
                using var taken = InstanceDirectory.TryTake(path);
                found.Add((path, taken is null));
            }
        }

        return [.. found.Select(instance => new InspectedInstance(
            Path.GetFileName(instance.Path), instance.IsHeld, ReadOwner(instance.Path), OpenLogs(root, instance.Path)))];
    }

    private static List<LeftLog> OpenLogs(string root, string path)
    {
        try
        {
            return [.. InstanceDirectory.Logs(path).Select(location => LeftLog.Open(location, Settings(root, location), static () => { }))];
        }
        catch (DirectoryNotFoundException)
        {
            // Its process ended well meanwhile, and took it along.
            return [];
        }
    }

    private static string ReadOwner(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, InstanceDirectory.OwnerFileName));
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            return "an unknown process";
        }
    }

    private static LogSettings Settings(string root, LogLocation location) =>
        new(location.Directory, LogSettings.MinBytes, TimeSpan.Zero, root, TimeProvider.System, NullLogger.Instance);
}
