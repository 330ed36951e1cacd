using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Spool.Log;

/// <summary>What a log works by.</summary>
/// <param name="Directory">The log's directory.</param>
/// <param name="MaxBytes">The most bytes on disk.</param>
/// <param name="MaxCommitDelay">The longest time that a group waits for company.</param>
/// <param name="DamagedDirectory">Where segments go in which records were lost.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The logger.</param>
internal sealed record LogSettings(
    string Directory, long MaxBytes, TimeSpan MaxCommitDelay, string DamagedDirectory, TimeProvider Time, ILogger Logger)
{
    private const int MaxSegmentBytes = 64 << 20;
    private const int MinSegmentBytes = 256 << 10;
    private const int MaxAheadBytes = 1 << 20;

    /// <summary>The smallest <see cref="MaxBytes"/>: room comes back by segments, of which there must be several.</summary>
    public const long MinBytes = 4 << 20;

    /// <summary>Memory of appended and not committed records, beyond which a log is busy.</summary>
    public const int MaxPendingBytes = 4 << 20;

    /// <summary>Segments grow to this: an eighth of all, so that room comes back in steps of that.</summary>
    public long SegmentBytes { get; } = Math.Clamp(MaxBytes / 8, MinSegmentBytes, MaxSegmentBytes);

    /// <summary>A segment of which all is acknowledged is left behind once it has this size.</summary>
    public long DrainedSegmentBytes => Math.Min(SegmentBytes / 2, 4 << 20);

    public long AheadBytes => Math.Min(SegmentBytes / 4, MaxAheadBytes);
}
