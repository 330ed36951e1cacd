namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>Is told of thresholds that users have reached. Safe for use from any thread; returns at once.</summary>
internal interface IThresholdSink
{
    /// <summary>
    /// A threshold is reached. It is told again after a user was read again or a policy changed, so whoever tells others remembers what
    /// was told.
    /// </summary>
    void Reached(in ThresholdCrossing crossing);
}
