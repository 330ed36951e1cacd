namespace Telemetry.Collector.Quotas.Consuming;

/// <summary>Records of a partition that Kafka had removed before they were read.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first of them.</param>
/// <param name="To">One behind the last: the first record that is still there.</param>
internal sealed record UsageGap(string Topic, int Partition, long From, long To)
{
    public override string ToString() => FormattableString.Invariant(
        $"Kafka has removed {Topic}[{Partition}] from {From} to {To - 1} before it was read here; balances can lack it until the tables hold all below {To}.");
}
