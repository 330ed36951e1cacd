namespace Telemetry.Collector.Quotas.Limits.File;

/// <summary>The limits file cannot be used. Every mistake is a sentence with the file, the place, the value and the fix.</summary>
internal sealed class LimitsFileException(IReadOnlyList<string> mistakes) : Exception(string.Join(' ', mistakes))
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
