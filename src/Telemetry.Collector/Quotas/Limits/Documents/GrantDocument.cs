using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>A grant as it is written.</summary>
/// <param name="Id">Its id; the Collector gives one where the caller does not. With one, a request can be repeated safely.</param>
/// <param name="Amount">How much; more than zero.</param>
/// <param name="Priority">The lower is used first; the allowance has 0. Default 0.</param>
/// <param name="EffectiveFrom">Usage from here on may be taken from it; default now.</param>
/// <param name="ExpiresAt">Usage before this may be taken from it; default no end.</param>
internal sealed record GrantDocument(
    string? Id, QuotaAmount? Amount, int? Priority, DateTimeOffset? EffectiveFrom, DateTimeOffset? ExpiresAt)
{
    public static GrantDocument From(QuotaGrant grant) =>
        new(grant.Id, grant.Amount, grant.Priority, grant.EffectiveFrom, grant.ExpiresAt);

    /// <summary>The grant of a document that the book wrote itself.</summary>
    public QuotaGrant ToGrant() => new(Id!, Amount!.Value, Priority!.Value, EffectiveFrom!.Value, ExpiresAt);
}
