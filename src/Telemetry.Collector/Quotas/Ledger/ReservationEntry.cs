using System.Text;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A reservation, and the change of it that is being written. Belongs to the shard's lock.</summary>
internal sealed class ReservationEntry(int resource, string taskText, long createdAt)
{
    public int Resource => resource;

    public string TaskText => taskText;

    public UInt128 Task { get; } = TextKey.OfTask(Encoding.UTF8.GetBytes(taskText));

    /// <summary>Unix milliseconds: usage of the task from here on consumes it.</summary>
    public long CreatedAt => createdAt;

    /// <summary>As the state log has it; null where it is not written yet.</summary>
    public Reservation? Current { get; set; }

    /// <summary>What is being written; null for nothing.</summary>
    public Reservation? Next { get; set; }

    /// <summary>Completes when <see cref="Next"/> is written, or undone.</summary>
    public TaskCompletionSource? Writing { get; set; }

    /// <summary>Whether the state log may have <see cref="Next"/>, until it surely has <see cref="Current"/> again.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The usage of its task since it was created, while its user is in memory.</summary>
    public QuotaAmount Consumed { get; set; }

    /// <summary>Of a probe: completes when it is none any more.</summary>
    public TaskCompletionSource? Probing { get; set; }

    /// <summary>Whether <see cref="Consumed"/> was asked of the store; of one that is a probe as yet.</summary>
    public bool IsMeasured { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>Whether it is its task's last one; earlier ones hold nothing any more.</summary>
    public bool IsLast { get; set; }

    /// <summary>The earlier reservation of the same task, which holds nothing any more; for when this one is undone.</summary>
    public ReservationEntry? Previous { get; set; }

    public Reservation Latest => Next ?? Current!;

    /// <summary>What it holds. While a change is being written, it holds what either form of it does.</summary>
    public QuotaAmount Outstanding(DateTimeOffset now) =>
        IsLast ? QuotaAmount.Max(Outstanding(Current, now), Outstanding(Next, now)) : QuotaAmount.Zero;

    /// <summary>Whether it can still hold something.</summary>
    public bool IsOpen(DateTimeOffset now) => Next is not null || (Current is not null && IsOpen(Current, now));

    /// <summary>Whether it was created after the other one: of one millisecond, the ids tell. A probe is later than all others.</summary>
    public bool IsLaterThan(ReservationEntry other) => CreatedAt != other.CreatedAt
        ? CreatedAt > other.CreatedAt
        : other.Current is not null && string.CompareOrdinal(Latest.Id, other.Current.Id) > 0;

    private static bool IsOpen(Reservation reservation, DateTimeOffset now) =>
        reservation.State != ReservationState.Released && now < reservation.ExpiresAt;

    private QuotaAmount Outstanding(Reservation? reservation, DateTimeOffset now) => reservation is null || !IsOpen(reservation, now)
        ? QuotaAmount.Zero
        : QuotaAmount.Max(reservation.Amount - Consumed, QuotaAmount.Zero);
}
