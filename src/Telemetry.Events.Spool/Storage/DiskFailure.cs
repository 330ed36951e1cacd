using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Storage;

/// <summary>Tells what an exception of the file system means.</summary>
internal static class DiskFailure
{
    // Error numbers as .NET hands them on: errno on Unix, Win32 codes inside an HRESULT on Windows.
    private const int NoSpace = 28;
    private const int QuotaOnLinux = 122;
    private const int FileTooLarge = 27;
    private const int ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    public static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static SpoolRefusal Classify(Exception exception) => exception switch
    {
        // "Read-only file system" comes as one or the other, depending on the call.
        UnauthorizedAccessException { InnerException: IOException inner } when inner.HResult == ReadOnlyFileSystem => SpoolRefusal.ReadOnly,
        UnauthorizedAccessException => SpoolRefusal.AccessDenied,
        DirectoryNotFoundException or FileNotFoundException => SpoolRefusal.DirectoryRemoved,
        _ => exception.HResult switch
        {
            NoSpace or QuotaOnLinux or FileTooLarge or WindowsDiskFull or WindowsHandleDiskFull => SpoolRefusal.DiskFull,
            ReadOnlyFileSystem or WindowsWriteProtected => SpoolRefusal.ReadOnly,
            _ => SpoolRefusal.DiskError,
        },
    };
}
