using System.Globalization;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>What <see cref="DecodeSql"/> does with a record that this process' own decoder does not.</summary>
internal static class ClickHouseRules
{
    // The record's own timestamp decides on the table's partition.
    private const int YearsBack = 5;

    /// <summary>Whether a table takes a record with this timestamp.</summary>
    /// <param name="timestamp">The record's, Unix milliseconds.</param>
    /// <param name="now">Now, Unix milliseconds.</param>
    public static bool AcceptsTimestamp(long timestamp, long now)
    {
        const long day = 24 * 60 * 60 * 1000L;
        // Nearly all are of now; a calendar is asked only where it matters.
        if (timestamp > now - (YearsBack * 365 * day) && timestamp <= now + day)
            return true;
        return timestamp <= now + day &&
            timestamp >= DateTimeOffset.FromUnixTimeMilliseconds(now).AddYears(-YearsBack).ToUnixTimeMilliseconds();
    }

    /// <summary>
    /// Credits as they come into the table: ClickHouse hands a number with a point or an exponent on as the shortest text of the nearest
    /// floating-point number.
    /// </summary>
    public static bool TryReadCredits(ReadOnlySpan<byte> number, out QuotaAmount amount)
    {
        if (!number.ContainsAny(".eE"u8))
            return QuotaAmountText.TryParse(number, out amount) && IsOf64Bits(number);
        amount = default;
        Span<byte> shortest = stackalloc byte[32];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var nearest) && double.IsFinite(nearest) &&
            nearest.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture) &&
            QuotaAmountText.TryParse(shortest[..length], out amount);
    }

    // Of a larger whole number ClickHouse says that its record is no JSON.
    private static bool IsOf64Bits(ReadOnlySpan<byte> number) =>
        long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ||
        ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
