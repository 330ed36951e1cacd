using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Telemetry.Events.Spool.Storage;

/// <summary>Forces files and directories out to the disk.</summary>
/// <remarks>
/// .NET flushes by fsync, which also writes the file's times, for which ext4 commits its journal. fdatasync writes only what is needed to
/// read the data back; over room that is already written it takes a fraction of the time (docs/spool.md).
/// </remarks>
internal static partial class DiskSync
{
    private const int InterruptedCall = 4;
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of Linux; O_RDONLY is 0.

    /// <exception cref="IOException">The disk failed; its HResult is the error number.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (FlushData(file) != 0)
            ThrowUnlessInterrupted();
    }

    /// <summary>Makes a new or deleted name in the directory durable. Does nothing where the operating system has no such call.</summary>
    /// <exception cref="IOException">The disk failed; its HResult is the error number.</exception>
    public static void FlushDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var directory = OpenDirectory(path, CloseOnExec);
        if (directory.IsInvalid)
            ThrowUnlessInterrupted();
        while (FlushAll(directory) != 0)
            ThrowUnlessInterrupted();
    }

    private static void ThrowUnlessInterrupted()
    {
        var error = Marshal.GetLastPInvokeError();
        if (error != InterruptedCall)
            throw new IOException(new Win32Exception(error).Message, error);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushAll(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenDirectory(string path, int flags);
}
