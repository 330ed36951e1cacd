namespace Telemetry.Collector.Completeness;

/// <summary>One producer, judged.</summary>
/// <param name="Producer">Its id: one for each start of a process.</param>
/// <param name="Report">Its newest report; null for none.</param>
/// <param name="IsSilent">Whether it said nothing for three intervals, and no good-bye.</param>
/// <param name="LastEventAt">The time of its newest event.</param>
/// <param name="Classes">Its delivery classes that have events.</param>
public sealed record ProducerCompleteness(
    string Producer, ReceivedReport? Report, bool IsSilent, DateTimeOffset LastEventAt, IReadOnlyList<ClassCompleteness> Classes);
