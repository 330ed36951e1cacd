namespace Telemetry.Quota.Client;

/// <summary>How a user stands. Amounts beyond 28 digits are rounded to what a decimal holds; the service decides by the exact ones.</summary>
/// <param name="Limit">The period's allowance and the grants that are effective; null for no limit.</param>
/// <param name="Used">Used in the current period.</param>
/// <param name="Reserved">Held by reservations.</param>
/// <param name="Available">What could be spent at most; null for no limit.</param>
public sealed record QuotaFigures(decimal? Limit, decimal Used, decimal Reserved, decimal? Available);
