using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.QuotaLoad.Reserving;

/// <summary>Everybody has the same hard limit, which nobody reaches.</summary>
internal sealed class OneLimit : ILimitBook
{
    private readonly QuotaPolicy _policy =
        new(new QuotaLimit(QuotaAmount.From(1_000_000_000), new QuotaPeriod(QuotaPeriodKind.Month), IsHard: true, [80, 100]), [], 1, "default");

    public long Version => 1;

    public QuotaPolicy Resolve(string user, string? tenant, string resource) => _policy;
}
