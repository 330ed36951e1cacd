using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Api;

/// <summary>One time that a run's figures were written.</summary>
/// <param name="Revision">From 1 on, gapless.</param>
/// <param name="Kind">provisional, final or correction.</param>
/// <param name="State">The run's state since then.</param>
/// <param name="MeasuredAt">UTC.</param>
/// <param name="Explanation">The selectors read, the samples found, and the method chosen for each metric; null where nothing was asked.</param>
public sealed record RevisionResponse(
    int Revision, string Kind, string State, DateTime? MeasuredAt, MeasurementExplanation? Explanation)
{
    internal static RevisionResponse From(RunRevision revision) => new(
        revision.Revision, RevisionKindNames.Of(revision.Kind), RunStateNames.Of(revision.State), revision.MeasuredAt?.UtcDateTime,
        revision.Explanation);
}
