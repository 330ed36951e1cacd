using System.Runtime.InteropServices;

namespace Telemetry.ClickHouseHost.Engine;

/// <summary>The C functions of libchdb (chdb.h) that the host needs.</summary>
internal static unsafe partial class LibChdb
{
    private const string Library = "chdb";

    /// <summary>Loads the library from a file. To be called before anything else.</summary>
    public static void Load(string path)
    {
        var handle = NativeLibrary.Load(path);
        NativeLibrary.SetDllImportResolver(
            typeof(LibChdb).Assembly, (name, _, _) => name == Library ? handle : IntPtr.Zero);
    }

    // The engine would take .NET's own SIGSEGV and SIGTERM handlers away.
    [LibraryImport(Library, EntryPoint = "chdb_set_signal_handlers_enabled")]
    public static partial void SetSignalHandlersEnabled(int enabled);

    [LibraryImport(Library, EntryPoint = "chdb_connect")]
    public static partial IntPtr* Connect(int count, byte** arguments);

    [LibraryImport(Library, EntryPoint = "chdb_close_conn")]
    public static partial void Close(IntPtr* connection);

    [LibraryImport(Library, EntryPoint = "chdb_query_with_params_n")]
    public static partial IntPtr Query(
        IntPtr connection,
        byte* query, nuint queryLength,
        byte* format, nuint formatLength,
        byte** parameterNames, nuint* parameterNameLengths,
        byte** parameterValues, nuint* parameterValueLengths,
        nuint parameterCount);

    [LibraryImport(Library, EntryPoint = "chdb_result_error")]
    public static partial IntPtr Error(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_result_buffer")]
    public static partial byte* Buffer(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_result_length")]
    public static partial nuint Length(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_result_rows_read")]
    public static partial ulong RowsRead(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_result_bytes_read")]
    public static partial ulong BytesRead(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_result_rows_written")]
    public static partial ulong RowsWritten(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_result_bytes_written")]
    public static partial ulong BytesWritten(IntPtr result);

    [LibraryImport(Library, EntryPoint = "chdb_destroy_query_result")]
    public static partial void Destroy(IntPtr result);
}
