using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>What a request, or one of a batch, says. Members that it does not name have their defaults.</summary>
internal struct QuotaBody
{
    public QuotaMembers Present;
    public string? User;
    public string? Resource;
    public QuotaAmount Amount;
    public TimeSpan TimeToLive;
    public string? Task;
    public string? IdempotencyKey;
    public string? Tenant;

    public readonly bool Has(QuotaMembers member) => (Present & member) != 0;
}
