using System.Diagnostics;

namespace Telemetry.Collector.Quotas.Model;

/// <summary>
/// Amounts as the JSON numbers of requests and replies, exact in both directions: no double and no decimal in between. What would have to
/// be cut off is refused; of events it is cut off, as ClickHouse does.
/// </summary>
internal static class QuotaAmountNumber
{
    /// <summary>The most digits before the point that are read.</summary>
    public const int MaxWholeDigits = 26;

    /// <summary>The most bytes that <see cref="Format"/> writes: a sign, 27 digits, the point, 12 digits.</summary>
    public const int MaxLength = 41;

    // 10 to the 38th is below Int128's greatest value, 1.7 × 10³⁸.
    private const int MaxDigits = MaxWholeDigits + QuotaAmount.Scale;
    private const int MaxTokenLength = 128;
    private const ulong UnitsOfOne = 1_000_000_000_000;

    // Up to eleven zeros at the end go in four steps.
    private static readonly (ulong Power, int Zeros)[] Zeros = [(100_000_000, 8), (10_000, 4), (100, 2), (10, 1)];

    /// <summary>Reads a number as JSON writes it, such as <c>12.5</c> or <c>1.25e1</c>.</summary>
    /// <param name="token">The number's text; that it is one is the JSON reader's business.</param>
    /// <param name="amount">The amount.</param>
    public static QuotaAmountProblem Parse(ReadOnlySpan<byte> token, out QuotaAmount amount)
    {
        if (QuotaAmountText.TryParseShort(token, out amount))
            return QuotaAmountProblem.None;
        if (token.Length > MaxTokenLength)
            return QuotaAmountProblem.TooLong;
        Span<byte> digits = stackalloc byte[MaxTokenLength];
        var (count, exponent) = Digits(token, digits);
        while (count > 0 && digits[count - 1] == 0)
        {
            count--;
            exponent++;
        }

        if (count == 0)
            return QuotaAmountProblem.None;
        var shift = exponent + QuotaAmount.Scale;
        if (shift < 0)
            return QuotaAmountProblem.TooPrecise;
        if (count + shift > MaxDigits)
            return QuotaAmountProblem.TooLarge;

        Int128 units = Value(digits[..count]);
        for (; shift > 0; shift--)
            units *= 10;
        amount = new(token[0] == '-' ? -units : units);
        return QuotaAmountProblem.None;
    }

    /// <summary>Writes an amount without an exponent and without zeros at the end.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="destination">Has <see cref="MaxLength"/> bytes at least.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Format(QuotaAmount amount, Span<byte> destination)
    {
        var written = 0;
        var units = (UInt128)amount.Units;
        if (amount.Units < 0)
        {
            destination[written++] = (byte)'-';
            units = UInt128.Zero - units;
        }

        ulong fraction;
        int length;
        if (units <= ulong.MaxValue)
        {
            var small = (ulong)units;
            fraction = small % UnitsOfOne;
            (small / UnitsOfOne).TryFormat(destination[written..], out length);
        }
        else
        {
            var (whole, rest) = UInt128.DivRem(units, UnitsOfOne);
            fraction = (ulong)rest;
            whole.TryFormat(destination[written..], out length);
        }

        Debug.Assert(length > 0, "The destination is large enough.");
        return written + length + FormatFraction(fraction, destination[(written + length)..]);
    }

    private static int FormatFraction(ulong fraction, Span<byte> destination)
    {
        if (fraction == 0)
            return 0;
        destination[0] = (byte)'.';
        var length = QuotaAmount.Scale;
        foreach (var (power, zeros) in Zeros)
        {
            if (fraction % power != 0)
                continue;
            fraction /= power;
            length -= zeros;
        }

        for (var i = length; i > 0; i--, fraction /= 10)
            destination[i] = (byte)('0' + (fraction % 10));
        return length + 1;
    }

    // Digits without zeros in front, and the power of ten of the last one.
    private static (int Count, int Exponent) Digits(ReadOnlySpan<byte> token, Span<byte> digits)
    {
        var (count, exponent, isFraction) = (0, 0, false);
        for (var i = token[0] == '-' ? 1 : 0; i < token.Length; i++)
        {
            var character = token[i];
            if (character == '.')
            {
                isFraction = true;
                continue;
            }

            if (character is (byte)'e' or (byte)'E')
                return (count, exponent + Exponent(token[(i + 1)..]));
            if (isFraction)
                exponent--;
            if (count > 0 || character != '0')
                digits[count++] = (byte)(character - '0');
        }

        return (count, exponent);
    }

    // Held where more makes no difference, below what could overflow.
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        const int Enough = 100_000;
        var value = 0;
        foreach (var character in text)
        {
            if (character is not ((byte)'+' or (byte)'-') && value < Enough)
                value = (value * 10) + (character - '0');
        }

        return text[0] == '-' ? -value : value;
    }

    private static Int128 Value(ReadOnlySpan<byte> digits)
    {
        const int MaxULongDigits = 19;
        ulong head = 0;
        foreach (var digit in digits[..Math.Min(digits.Length, MaxULongDigits)])
            head = (head * 10) + digit;
        Int128 value = head;
        for (var i = MaxULongDigits; i < digits.Length; i++)
            value = (value * 10) + digits[i];
        return value;
    }
}
