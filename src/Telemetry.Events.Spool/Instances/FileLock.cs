using Telemetry.Events.Spool.Storage;

namespace Telemetry.Events.Spool.Instances;

/// <summary>An exclusive lock of the operating system on a file. It ends with the process, whichever way that ends.</summary>
/// <remarks>On Unix it is flock, which binds those who use it too: this SDK and its tool. It must be on a local file system.</remarks>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, or returns null where another has it.</summary>
    /// <exception cref="IOException">The file cannot be used at all.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not use the file.</exception>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(SpoolFiles.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException) && IsHeld(exception))
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();

    // EWOULDBLOCK of Linux and of BSD, ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
