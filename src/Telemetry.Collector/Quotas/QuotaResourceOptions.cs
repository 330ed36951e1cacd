namespace Telemetry.Collector.Quotas;

/// <summary>A resource.</summary>
public sealed class QuotaResourceOptions
{
    /// <summary>The types of the events that are its usage, such as <c>wkf.cpu.charge</c>. Their payload has user_id and credits.</summary>
    public IList<string> Events { get; } = [];
}
