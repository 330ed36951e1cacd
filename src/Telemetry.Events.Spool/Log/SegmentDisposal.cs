using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Log;

/// <summary>Gives a segment's space back, or puts it aside where records were lost in it: what an audit lost, somebody will want to see.</summary>
internal static class SegmentDisposal
{
    public static bool TryRemove(Segment segment, LogSettings settings)
    {
        if (!segment.IsDamaged)
            return SpoolFiles.TryDelete(segment.Path);
        try
        {
            SpoolFiles.CreateDirectory(settings.DamagedDirectory);
            var log = Path.GetDirectoryName(segment.Path)!;
            var instance = Path.GetFileName(Path.GetDirectoryName(log)!);
            var target = Path.Combine(settings.DamagedDirectory, $"{instance}.{Path.GetFileName(log)}.{Path.GetFileName(segment.Path)}");
            File.Move(segment.Path, target);
            settings.Logger.DamagedSegmentKept(target);
            return true;
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            return exception is FileNotFoundException or DirectoryNotFoundException;
        }
    }
}
