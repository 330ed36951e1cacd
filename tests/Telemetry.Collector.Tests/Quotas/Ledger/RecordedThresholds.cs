using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

internal sealed class RecordedThresholds : IThresholdSink
{
    public List<ThresholdCrossing> Crossings { get; } = [];

    public void Reached(in ThresholdCrossing crossing) => Crossings.Add(crossing);
}
