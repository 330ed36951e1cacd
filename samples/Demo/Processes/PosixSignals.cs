using System.Runtime.InteropServices;

namespace Telemetry.Samples.Demo;

/// <summary>Asks a process to end. The base class library can only kill.</summary>
internal static partial class PosixSignals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    /// <summary>Asks to end in order.</summary>
    public static void Terminate(int processId) => _ = Kill(processId, SigTerm);

    /// <summary>Ends it at once.</summary>
    public static void Kill(int processId) => _ = Kill(processId, SigKill);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Kill(int processId, int signal);
}
