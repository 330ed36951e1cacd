namespace Telemetry.Events.Catalog;

/// <summary>A user has used a share of a limit that warns, less than all of it.</summary>
/// <param name="UserId">Whose limit it is; partition key.</param>
/// <param name="Resource">What is limited, such as <c>cpu</c>; subject.</param>
/// <param name="ThresholdPercent">The threshold that was reached, in percent of the limit: 1 to 99.</param>
/// <param name="Used">Used in the period so far.</param>
/// <param name="Limit">The period's allowance.</param>
/// <param name="PeriodStart">When the period began; null for a limit without one.</param>
/// <param name="TenantId">The user's tenant; null where it is not known.</param>
[TelemetryEvent("quota.limit.reach.warn", Topic = "quota_limit", Delivery = DeliveryClass.Usage)]
public readonly partial record struct QuotaLimitReachWarn(
    [EventPartitionKey] string UserId,
    [EventSubject] string Resource,
    long ThresholdPercent,
    decimal Used,
    decimal Limit,
    DateTimeOffset? PeriodStart = null,
    string? TenantId = null);

/// <summary>A user has used all of a limit, or more.</summary>
/// <param name="UserId">Whose limit it is; partition key.</param>
/// <param name="Resource">What is limited, such as <c>cpu</c>; subject.</param>
/// <param name="ThresholdPercent">The threshold that was reached, in percent of the limit: 100 to 1000.</param>
/// <param name="Used">Used in the period so far.</param>
/// <param name="Limit">The period's allowance.</param>
/// <param name="PeriodStart">When the period began; null for a limit without one.</param>
/// <param name="TenantId">The user's tenant; null where it is not known.</param>
[TelemetryEvent("quota.limit.reach.stop", Topic = "quota_limit", Delivery = DeliveryClass.Usage)]
public readonly partial record struct QuotaLimitReachStop(
    [EventPartitionKey] string UserId,
    [EventSubject] string Resource,
    long ThresholdPercent,
    decimal Used,
    decimal Limit,
    DateTimeOffset? PeriodStart = null,
    string? TenantId = null);
