using System.Numerics;

namespace Telemetry.Collector.Quotas.Model;

/// <summary>
/// An amount of a resource, in units of 10⁻¹²: as exact as ClickHouse's column <c>Decimal(38, 12)</c>, so that sums agree to the last
/// digit, in whatever order they are made.
/// </summary>
/// <param name="Units">The amount times 10¹².</param>
internal readonly record struct QuotaAmount(Int128 Units)
    : IComparable<QuotaAmount>,
      IAdditionOperators<QuotaAmount, QuotaAmount, QuotaAmount>,
      ISubtractionOperators<QuotaAmount, QuotaAmount, QuotaAmount>,
      IComparisonOperators<QuotaAmount, QuotaAmount, bool>
{
    /// <summary>Digits after the point.</summary>
    public const int Scale = 12;

    private const long UnitsOfOne = 1_000_000_000_000;

    public static QuotaAmount Zero => default;

    public static QuotaAmount operator +(QuotaAmount left, QuotaAmount right) => new(left.Units + right.Units);

    public static QuotaAmount operator -(QuotaAmount left, QuotaAmount right) => new(left.Units - right.Units);

    public static bool operator <(QuotaAmount left, QuotaAmount right) => left.Units < right.Units;

    public static bool operator >(QuotaAmount left, QuotaAmount right) => left.Units > right.Units;

    public static bool operator <=(QuotaAmount left, QuotaAmount right) => left.Units <= right.Units;

    public static bool operator >=(QuotaAmount left, QuotaAmount right) => left.Units >= right.Units;

    public static QuotaAmount Min(QuotaAmount left, QuotaAmount right) => left < right ? left : right;

    public static QuotaAmount Max(QuotaAmount left, QuotaAmount right) => left > right ? left : right;

    /// <summary>From a decimal; digits beyond the twelfth are cut off, as ClickHouse does.</summary>
    public static QuotaAmount From(decimal value)
    {
        var whole = decimal.Truncate(value);
        var fraction = decimal.Truncate((value - whole) * UnitsOfOne);
        return new((Int128)whole * UnitsOfOne + (Int128)fraction);
    }

    /// <summary>As a decimal. Amounts beyond decimal's range, 7.9 × 10²⁸, do not occur: 26 digits before the point are the most that is read.</summary>
    public decimal ToDecimal()
    {
        var (whole, rest) = Int128.DivRem(Units, UnitsOfOne);
        return (decimal)whole + (decimal)(long)rest / UnitsOfOne;
    }

    public int CompareTo(QuotaAmount other) => Units.CompareTo(other.Units);

    public override string ToString() => QuotaAmountText.Format(this);
}
