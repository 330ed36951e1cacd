using System.Globalization;

namespace Telemetry.Samples.Demo;

/// <summary>When a process started: with its id the one identity that the kernel does not hand out again.</summary>
internal static class ProcessStart
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const int StartTimeField = 22;

    /// <summary>This boot of the machine; start times count from it.</summary>
    public static string BootId() => File.ReadAllText(BootIdFile).Trim();

    /// <summary>Clock ticks from boot to the start of the process; null where it does not run (a zombie does not).</summary>
    public static long? TicksOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            // The second field is the command in parentheses, and may itself hold spaces and parentheses.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[StartTimeField - 3], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
