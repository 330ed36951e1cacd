using Microsoft.Extensions.Configuration;

namespace Telemetry.Load.Memory;

/// <summary>What a memory run sends, and by which transport.</summary>
internal sealed class MemoryOptions
{
    public MemoryTransport Transport { get; set; }

    public double Minutes { get; set; } = 10;

    /// <summary>Events a second.</summary>
    public int Rate { get; set; } = 20_000;

    /// <summary>How often a line is printed.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    public static MemoryOptions Parse(string[] arguments) =>
        new ConfigurationBuilder().AddCommandLine(arguments).Build().Get<MemoryOptions>() ?? new MemoryOptions();
}
