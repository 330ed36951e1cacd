using System.Text;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>All that is in memory of a user. Belongs to the shard's lock, but for what never changes.</summary>
internal sealed class UserState(UInt128 key, byte[] name)
{
    /// <summary>See <see cref="Reading.TextKey.OfUser"/>.</summary>
    public UInt128 Key { get; } = key;

    /// <summary>The user in UTF-8.</summary>
    public byte[] Name { get; } = name;

    /// <summary>The tenant that was named last, by a request or by the latest event.</summary>
    public string? Tenant { get; set; }

    public long TenantTime { get; set; } = long.MinValue;

    /// <summary>By resource; null where the user is not in memory.</summary>
    public ResourceState[]? Resources { get; set; }

    /// <summary>Events below these were read from the store; of a user in memory.</summary>
    public PositionSnapshot LoadedAt { get; set; } = PositionSnapshot.None;

    /// <summary>The shard's epoch when the user was loaded: another one means that the store has changed since.</summary>
    public int Epoch { get; set; }

    /// <summary>The limit book's version, and the tenant, that the plans are of.</summary>
    public long BookVersion { get; set; } = long.MinValue;

    public string? PolicyTenant { get; set; }

    /// <summary>No event that was read from the store, or came when the store had it, is later than this.</summary>
    public long LatestStored { get; set; } = long.MinValue;

    /// <summary>No event that counts is later than this.</summary>
    public long Latest { get; set; } = long.MinValue;

    /// <summary>Events with a time from here on may count without being remembered.</summary>
    public long RememberedUntil { get; set; } = long.MaxValue;

    public LoadOperation? Load { get; set; }

    /// <summary>After a failed load: when the next one may begin, Unix milliseconds.</summary>
    public long RetryAt { get; set; } = long.MinValue;

    public string? Failure { get; set; }

    public UserReservations? Reservations { get; set; }

    /// <summary>The place among the shard's residents; negative for none.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Whether the user was asked for since eviction looked last.</summary>
    public bool IsReferenced { get; set; }

    /// <summary>Whether a load in the background was asked for.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether it left the table: another one stands for the user.</summary>
    public bool IsForgotten { get; set; }

    public bool IsForgettable =>
        !IsForgotten && Resources is null && Place < 0 && Load is null && (Reservations is null or { Count: 0 }) && !IsQueued;

    public string NameText => Encoding.UTF8.GetString(Name);
}
