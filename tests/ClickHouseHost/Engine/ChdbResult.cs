using System.Runtime.InteropServices;

namespace Telemetry.ClickHouseHost.Engine;

/// <summary>A query's result in the engine's memory; gone with disposal.</summary>
internal sealed unsafe class ChdbResult(IntPtr result) : IDisposable
{
    /// <summary>The engine's message, such as <c>Code: 60. DB::Exception: …</c>; null for success.</summary>
    public string? Error { get; } = result == IntPtr.Zero
        ? "Code: 1002. DB::Exception: The engine gave no result."
        : Marshal.PtrToStringUTF8(LibChdb.Error(result));

    public ReadOnlySpan<byte> Bytes => new(LibChdb.Buffer(result), checked((int)LibChdb.Length(result)));

    public ulong RowsRead => LibChdb.RowsRead(result);

    public ulong BytesRead => LibChdb.BytesRead(result);

    public ulong RowsWritten => LibChdb.RowsWritten(result);

    public ulong BytesWritten => LibChdb.BytesWritten(result);

    public void Dispose()
    {
        if (result != IntPtr.Zero)
            LibChdb.Destroy(result);
    }
}
