using System.Security.Cryptography;
using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Instances;

/// <summary>Tries out at the start what a spool needs of its directory.</summary>
internal static class DirectoryCheck
{
    /// <summary>A sentence that says what is wrong, or null.</summary>
    public static string? FindProblem(string directory)
    {
        var probe = Path.Combine(directory, $"probe-{RandomNumberGenerator.GetHexString(8)}");
        try
        {
            SpoolFiles.CreateDirectory(directory);
            using (var stream = SpoolFiles.Open(probe, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                stream.Write("probe"u8);
                DiskSync.Flush(stream.SafeFileHandle);
            }

            using var first = FileLock.TryTake(probe);
            using var second = FileLock.TryTake(probe);
            return second is null
                ? null
                : "lies on a file system without file locks, so that two processes would use it at once. Put it on a local disk.";
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            return $"cannot be written: {exception.Message} Give the service's user a writable directory on a local disk.";
        }
        finally
        {
            SpoolFiles.TryDelete(probe);
        }
    }
}
