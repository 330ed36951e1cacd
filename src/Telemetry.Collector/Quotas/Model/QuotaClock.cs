using NodaTime;

namespace Telemetry.Collector.Quotas.Model;

/// <summary>Which period a moment lies in. Pure. Times are Unix milliseconds.</summary>
internal static class QuotaClock
{
    /// <summary>Before every event: no event's time is before 1970.</summary>
    public const long Beginning = 0;

    /// <summary>After every event.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The period that contains the moment: its start, and the start of the next.</summary>
    /// <exception cref="NodaTime.TimeZones.DateTimeZoneNotFoundException">The zone is not known; the limit book refuses such.</exception>
    public static (long Start, long End) PeriodAt(QuotaPeriod period, long now)
    {
        if (period.Kind == QuotaPeriodKind.None)
            return (Beginning, Never);
        if (period.Kind == QuotaPeriodKind.Rolling)
            return (RollingStart(period, now), Never);
        var zone = DateTimeZoneProviders.Tzdb[period.Zone];
        var today = Instant.FromUnixTimeMilliseconds(now).InZone(zone).Date;
        var first = period.Kind switch
        {
            QuotaPeriodKind.Day => today,
            QuotaPeriodKind.Week => today.PlusDays(1 - (int)today.DayOfWeek),
            _ => today.With(DateAdjusters.StartOfMonth),
        };
        return (StartOf(first, zone), StartOf(Next(period.Kind, first), zone));
    }

    /// <summary>The start of the first slot that a rolling window holds.</summary>
    public static long RollingStart(QuotaPeriod period, long now) =>
        Floor(now - (long)period.Length.TotalMilliseconds, (long)period.Step.TotalMilliseconds);

    /// <summary>The start of the slot that contains the moment; slots are aligned to the Unix epoch.</summary>
    public static long Floor(long time, long step) => time - (((time % step) + step) % step);

    /// <summary>An edge in time: the first whole millisecond that is not before it, as events have whole milliseconds.</summary>
    public static long Edge(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    private static LocalDate Next(QuotaPeriodKind kind, LocalDate first) => kind switch
    {
        QuotaPeriodKind.Day => first.PlusDays(1),
        QuotaPeriodKind.Week => first.PlusDays(7),
        _ => first.PlusMonths(1),
    };

    // Where a zone skips midnight, the day starts when its clocks go on.
    private static long StartOf(LocalDate date, DateTimeZone zone) => zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();
}
