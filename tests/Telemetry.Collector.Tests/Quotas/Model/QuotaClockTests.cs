using System.Globalization;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Model;

/// <summary>Where periods begin and end.</summary>
public class QuotaClockTests
{
    [Theory]
    [InlineData("Month", "UTC", "2026-02-15T12:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("Month", "UTC", "2026-02-28T23:59:59.999Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData("Week", "UTC", "2026-11-29T21:00:00Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData("Week", "UTC", "2026-11-30T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z")]
    // The clocks go on in March, and back in October: 23 and 25 hours.
    [InlineData("Day", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("Day", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("Month", "America/New_York", "2026-11-01T03:59:59Z", "2026-10-01T04:00:00Z", "2026-11-01T04:00:00Z")]
    // Midnight does not exist there on that day.
    [InlineData("Day", "America/Asuncion", "2023-10-01T12:00:00Z", "2023-10-01T04:00:00Z", "2023-10-02T03:00:00Z")]
    public void A_calendar_period_follows_its_zone(string kind, string zone, string now, string start, string end) =>
        Assert.Equal((Unix(start), Unix(end)), QuotaClock.PeriodAt(new QuotaPeriod(Enum.Parse<QuotaPeriodKind>(kind), zone), Unix(now)));

    [Fact]
    public void A_rolling_window_reaches_back_by_its_length_at_least()
    {
        var period = new QuotaPeriod(QuotaPeriodKind.Rolling, Length: TimeSpan.FromMinutes(60), Step: TimeSpan.FromMinutes(5));
        Assert.Equal(Unix("2026-01-01T11:00:00Z"), QuotaClock.RollingStart(period, Unix("2026-01-01T12:04:59Z")));
        Assert.Equal(Unix("2026-01-01T11:05:00Z"), QuotaClock.RollingStart(period, Unix("2026-01-01T12:05:00Z")));
    }

    private static long Unix(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
