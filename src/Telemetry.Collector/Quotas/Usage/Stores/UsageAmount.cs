using System.Globalization;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Usage.Stores;

/// <summary>Reads a sum as an engine writes it: its decimals have more digits than .NET's.</summary>
internal static class UsageAmount
{
    /// <param name="text">Such as <c>-12.5</c>; at most <see cref="QuotaAmount.Scale"/> digits after the point.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static QuotaAmount Parse(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text : text.Remove(point, 1);
        var missing = QuotaAmount.Scale - (point < 0 ? 0 : digits.Length - point);
        return missing >= 0
            ? new QuotaAmount(Int128.Parse(digits + new string('0', missing), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{text}' has more than {QuotaAmount.Scale} digits after its point.");
    }
}
