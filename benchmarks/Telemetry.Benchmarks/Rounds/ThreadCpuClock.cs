using System.Runtime.InteropServices;

namespace Telemetry.Benchmarks.Rounds;

/// <summary>CPU time of the calling thread. .NET has it for processes only. Linux.</summary>
internal static partial class ThreadCpuClock
{
    private const int ThreadCpuTime = 3;

    public static long Nanoseconds
    {
        get
        {
            if (GetTime(ThreadCpuTime, out var time) != 0)
                throw new PlatformNotSupportedException("The CPU time of a thread is read by clock_gettime; run this on Linux.");
            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
