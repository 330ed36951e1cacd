using System.Diagnostics;

namespace Telemetry.Events.Spool.Tests.Faults;

/// <summary>A file system of a few megabytes in memory. Needs root, as containers that build have it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.UserName == "root" && TryMount(out var probe) && Release(probe);

    public static SmallDisk Mount() => TryMount(out var disk) ? disk : throw new InvalidOperationException("tmpfs cannot be mounted here.");

    public void Remount(string options) => Assert.True(Run("mount", "-o", $"remount,{options}", Path));

    public void Dispose()
    {
        // Lazily: a reader may still have a file open.
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool TryMount(out SmallDisk disk)
    {
        disk = new SmallDisk(Directory.CreateTempSubdirectory("telemetry-disk-").FullName);
        return Run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", disk.Path);
    }

    private static bool Release(SmallDisk disk)
    {
        disk.Dispose();
        return true;
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
