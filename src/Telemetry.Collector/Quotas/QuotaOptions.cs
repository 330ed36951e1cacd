namespace Telemetry.Collector.Quotas;

/// <summary>The Quota Service. Configuration section <c>Collector:Quota</c>; checked at start-up.</summary>
public sealed class QuotaOptions
{
    public const string SectionName = "Collector:Quota";

    /// <summary>Whether it runs. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// Resources by name, and the types of the events that are their usage. Default: <c>cpu</c> and <c>gpu</c> with the built-in charges.
    /// </summary>
    public IDictionary<string, QuotaResourceOptions> Resources { get; } = new Dictionary<string, QuotaResourceOptions>(StringComparer.Ordinal);

    /// <summary>
    /// How far back in time the ids of events are remembered. An older event of a user in memory costs reading the user again.
    /// 1 minute to 7 days; default 1 hour.
    /// </summary>
    public TimeSpan DedupeWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many ids are remembered; more shorten the window. 10,000 to 1,000,000,000; default 4,000,000.</summary>
    public int MaxRecentIds { get; set; } = 4_000_000;

    /// <summary>
    /// How many events are kept until the store has them. Beyond it the oldest are let go, and users who are not in memory wait until the
    /// store has those. 1,000 to 100,000,000; default 2,000,000.
    /// </summary>
    public int MaxTailEvents { get; set; } = 2_000_000;

    /// <summary>How many users are kept in memory; those used longest ago go. 1,000 to 100,000,000; default 1,000,000.</summary>
    public int MaxUsers { get; set; } = 1_000_000;

    /// <summary>
    /// How long what a settled reservation's task has used is held while its usage events are awaited. 1 second to 1 day; default 10 minutes.
    /// </summary>
    public TimeSpan SettleGrace { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a reservation can be read, and its idempotency key is known, after its end. 1 minute to 30 days; default 1 day.
    /// </summary>
    public TimeSpan ReservationRetention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The longest time a reservation may be held. 1 second to 365 days; default 7 days.</summary>
    public TimeSpan MaxReservationTtl { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What a user may do whom no limit is set for. Default Deny.</summary>
    public WithoutLimit WithoutLimit { get; set; } = WithoutLimit.Deny;

    /// <summary>
    /// How many users are read at once because usage came and they are not in memory. 0 turns it off: thresholds are then seen from a user's
    /// first request on. 0 to 64; default 4.
    /// </summary>
    public int BackgroundLoads { get; set; } = 4;

    /// <summary>How long after a failed query a user's requests are refused without another one. 0 to 10 seconds; default 250 ms.</summary>
    public TimeSpan LoadBackoff { get; set; } = TimeSpan.FromMilliseconds(250);
}
