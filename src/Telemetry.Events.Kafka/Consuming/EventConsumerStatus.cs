using System.Globalization;

namespace Telemetry.Events.Kafka;

/// <summary>How far a consumer has come.</summary>
/// <param name="AssignedPartitions">Partitions that it reads now.</param>
/// <param name="Lag">Records that wait to be read or handled, as far as known.</param>
/// <param name="Handled">Records handled since its start, dead letters included.</param>
/// <param name="DeadLetters">Records that could not be used, since its start.</param>
/// <param name="HandlerFailures">Attempts of the handler that threw, since its start.</param>
/// <param name="CommitFailures">Commits that the broker refused, since its start; their records are handled, and may be read again.</param>
/// <param name="SinceProgress">The time since something was handled, or since nothing waited.</param>
/// <param name="LastError">The last error, in words and without secrets; null after progress.</param>
public sealed record EventConsumerStatus(
    int AssignedPartitions,
    long Lag,
    long Handled,
    long DeadLetters,
    long HandlerFailures,
    long CommitFailures,
    TimeSpan SinceProgress,
    string? LastError)
{
    /// <summary>What keeps it from its work, as a sentence; null where all is well.</summary>
    /// <param name="stallTimeout">How long records may wait while none is handled.</param>
    public string? FindProblem(TimeSpan stallTimeout)
    {
        if (AssignedPartitions == 0)
            return $"No partition is assigned yet. {LastError ?? "Waiting for the broker, or other members of the group have them all."}";
        return Lag > 0 && SinceProgress > stallTimeout
            ? string.Create(CultureInfo.InvariantCulture, $"{Lag} records wait and none was handled for {SinceProgress.TotalSeconds:F0} s. {LastError}").TrimEnd()
            : null;
    }

    /// <summary>Partitions, lag and what was handled, as a sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{AssignedPartitions} partitions, {Lag} records behind, {Handled} handled, {DeadLetters} of them dead letters.");
}
