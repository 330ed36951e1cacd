using System.Globalization;
using System.Text;

namespace Telemetry.Collector.Quotas.Model;

/// <summary>Amounts as text: exactly, in the form of a JSON number.</summary>
internal static class QuotaAmountText
{
    // Decimal(38, 12) has 26 digits before the point.
    private const int MaxWholeDigits = 26;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
    ];

    /// <summary>Reads a JSON number. Digits beyond the twelfth behind the point are cut off, as ClickHouse's <c>toDecimal128OrNull</c> does.</summary>
    /// <param name="number">The number's token in UTF-8; what is no number of JSON is refused.</param>
    /// <param name="amount">The amount.</param>
    /// <returns>Whether it is a number with at most 26 digits before the point.</returns>
    public static bool TryParse(ReadOnlySpan<byte> number, out QuotaAmount amount)
    {
        if (TryParseShort(number, out amount))
            return true;
        var isNegative = number is [(byte)'-', ..];
        var rest = isNegative ? number[1..] : number;
        var whole = TakeDigits(ref rest);
        ReadOnlySpan<byte> fraction = default;
        if (whole.IsEmpty || whole is [(byte)'0', _, ..])
            return false;
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
            if (fraction.IsEmpty)
                return false;
        }

        var exponent = 0;
        if (rest is [(byte)'e' or (byte)'E', ..] && !TryTakeExponent(ref rest, out exponent))
            return false;
        if (!rest.IsEmpty || !TrySum(whole, fraction, exponent, out var units))
            return false;
        amount = new(isNegative ? -units : units);
        return true;
    }

    /// <summary>Reads a number of so few digits that 64 bits hold them, and without an exponent: what nearly every amount is.</summary>
    /// <returns>False for every other one, good or bad.</returns>
    public static bool TryParseShort(ReadOnlySpan<byte> number, out QuotaAmount amount)
    {
        const int mostDigits = 18;
        amount = default;
        var isNegative = number is [(byte)'-', ..];
        var digits = isNegative ? number[1..] : number;
        if (digits.Length > mostDigits || digits is [] or [(byte)'0', >= (byte)'0', ..])
            return false;
        var (value, point) = (0UL, digits.Length);
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (uint)(digits[i] - '0');
            if (digit <= 9)
                value = (value * 10) + digit;
            else if (digits[i] == '.' && point == digits.Length)
                point = i;
            else
                return false;
        }

        var places = digits.Length - point - 1;
        if (point == 0 || places is 0 or > QuotaAmount.Scale)
            return false;
        var units = (Int128)(UInt128)value * PowersOfTen[QuotaAmount.Scale - Math.Max(places, 0)];
        amount = new(isNegative ? -units : units);
        return true;
    }

    /// <summary>The shortest text that is exactly the amount.</summary>
    public static string Format(QuotaAmount amount)
    {
        var magnitude = Int128.Abs(amount.Units);
        var (whole, fraction) = Int128.DivRem(magnitude, (Int128)1_000_000_000_000);
        var text = new StringBuilder(amount.Units < 0 ? "-" : "").Append(CultureInfo.InvariantCulture, $"{whole}");
        if (fraction != 0)
            text.Append('.').Append(((long)fraction).ToString("D12", CultureInfo.InvariantCulture).TrimEnd('0'));
        return text.ToString();
    }

    private static ReadOnlySpan<byte> TakeDigits(scoped ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = length < 0 ? rest : rest[..length];
        rest = rest[digits.Length..];
        return digits;
    }

    private static bool TryTakeExponent(ref ReadOnlySpan<byte> rest, out int exponent)
    {
        exponent = 0;
        rest = rest[1..];
        var isNegative = rest is [(byte)'-', ..];
        if (rest is [(byte)'-' or (byte)'+', ..])
            rest = rest[1..];
        var digits = TakeDigits(ref rest);
        foreach (var digit in digits)
            exponent = Math.Min((exponent * 10) + (digit - '0'), 1_000_000);
        exponent = isNegative ? -exponent : exponent;
        return !digits.IsEmpty;
    }

    private static bool TrySum(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent, out Int128 units)
    {
        units = 0;
        var place = whole.Length - 1 + exponent;
        var last = -QuotaAmount.Scale;
        for (var i = 0; i < whole.Length + fraction.Length && place >= last; i++, place--)
        {
            var digit = (i < whole.Length ? whole[i] : fraction[i - whole.Length]) - '0';
            if (digit != 0 && place >= MaxWholeDigits)
                return false;
            units = (units * 10) + digit;
        }

        // What is zero stays zero, however large its exponent.
        for (var missing = place + 1 - last; missing > 0 && units != 0; missing--)
            units *= 10;
        return true;
    }
}
