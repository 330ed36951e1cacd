using System.Diagnostics;

namespace Telemetry.Chaos.Disk;

/// <summary>Where the spool of a run is: a directory, or a file system of its own that can be filled up.</summary>
internal sealed class SpoolDisk : IDisposable
{
    private const int SmallMegabytes = 64;
    private const string Ballast = "ballast";
    private static readonly byte[] Block = new byte[64 << 10];

    private readonly string _path;
    private readonly bool _isMounted;

    private SpoolDisk(string path, bool isMounted)
    {
        _path = path;
        _isMounted = isMounted;
        SpoolDirectory = Path.Combine(path, "spool");
    }

    public string SpoolDirectory { get; }

    /// <summary>Whether <see cref="Mount"/> can work at all.</summary>
    public static bool CanMount => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    public static SpoolDisk OfDirectory(string? directory) =>
        new(Directory.CreateDirectory(Path.Combine(directory ?? Path.GetTempPath(), $"telemetry-chaos-{Guid.NewGuid():N}")).FullName, isMounted: false);

    /// <summary>A tmpfs of 64 MB.</summary>
    /// <exception cref="InvalidOperationException">It cannot be mounted here.</exception>
    public static SpoolDisk Mount()
    {
        var path = Directory.CreateTempSubdirectory("telemetry-chaos-").FullName;
        return Run("mount", "-t", "tmpfs", "-o", $"size={SmallMegabytes}m,mode=700", "tmpfs", path)
            ? new SpoolDisk(path, isMounted: true)
            : throw new InvalidOperationException("A tmpfs cannot be mounted here; run as root, or with --disk directory.");
    }

    /// <summary>The files of what is not sent yet.</summary>
    public IReadOnlyList<string> Segments() => Segments("instances");

    public IReadOnlyList<string> DamagedSegments() => Segments("damaged");

    /// <summary>Leaves no byte.</summary>
    public void Fill()
    {
        if (!_isMounted)
            throw new InvalidOperationException("Only a disk of its own may be filled up.");
        try
        {
            using var file = new FileStream(Path.Combine(_path, Ballast), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            // In ever smaller pieces, down to a page: what is left over would be room.
            for (var length = Block.Length; length >= 4096;)
            {
                try
                {
                    file.Write(Block, 0, length);
                }
                catch (IOException)
                {
                    length /= 2;
                }
            }
        }
        catch (IOException)
        {
            // Not even the file's name had room.
        }
    }

    public void Free() => File.Delete(Path.Combine(_path, Ballast));

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", "-l", _path);
        Directory.Delete(_path, recursive: true);
    }

    private string[] Segments(string directory)
    {
        var path = Path.Combine(SpoolDirectory, directory);
        try
        {
            return Directory.Exists(path) ? Directory.GetFiles(path, "*.segment", SearchOption.AllDirectories) : [];
        }
        catch (DirectoryNotFoundException)
        {
            // An instance was deleted while it was looked at: its events are sent.
            return Segments(directory);
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
