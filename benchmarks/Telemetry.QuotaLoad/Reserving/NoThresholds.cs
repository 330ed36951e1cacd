using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.QuotaLoad.Reserving;

/// <summary>Nobody is told.</summary>
internal sealed class NoThresholds : IThresholdSink
{
    public void Reached(in ThresholdCrossing crossing)
    {
    }
}
