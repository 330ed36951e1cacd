using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>One time that a run's figures were written.</summary>
/// <param name="Revision">From 1 on, gapless.</param>
/// <param name="Kind">What it was.</param>
/// <param name="State">The run's state since then.</param>
/// <param name="MeasuredAt">UTC; null for runs measured by a Collector that did not note it.</param>
/// <param name="Explanation">How it was made; null where nothing was asked, or it was not noted.</param>
public sealed record RunRevision(
    int Revision, RevisionKind Kind, RunState State, DateTimeOffset? MeasuredAt, MeasurementExplanation? Explanation);
