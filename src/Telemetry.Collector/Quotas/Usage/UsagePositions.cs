namespace Telemetry.Collector.Quotas.Usage;

/// <summary>For each partition of the usage topics, the offset behind the last record that is in the store.</summary>
/// <param name="Next">By topic and partition; a partition that is not named stands at 0. Not to be changed.</param>
internal sealed record UsagePositions(IReadOnlyDictionary<string, IReadOnlyList<long>> Next)
{
    public static UsagePositions None { get; } = new(new Dictionary<string, IReadOnlyList<long>>());

    /// <summary>The offset of one partition.</summary>
    public long Of(string topic, int partition) =>
        Next.TryGetValue(topic, out var offsets) && partition < offsets.Count ? offsets[partition] : 0;
}
