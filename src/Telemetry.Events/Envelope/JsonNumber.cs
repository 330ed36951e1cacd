using System.Globalization;

namespace Telemetry.Events.Envelope;

/// <summary>Numbers as JSON (RFC 8259, section 6), with the fewest digits that read back as the same number.</summary>
internal static class JsonNumber
{
    private const long ThousandthsPerUnit = 1000;

    // Of at most fifteen digits, each decimal number has a double of its own, so that its digits are the shortest there are.
    private const double MaxThousandths = 1e15;

    /// <summary>Writes a finite number. There is room for it.</summary>
    /// <remarks>
    /// Amounts and durations are mostly whole numbers or a few decimals: those are told by one multiplication and one division, and
    /// written as integers, which takes a fraction of the search for the shortest digits.
    /// </remarks>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> destination)
    {
        var thousandths = Math.Round(value * ThousandthsPerUnit);
        // Zero may be negative, and is not worth a question of its own.
        if (Math.Abs(thousandths) is < MaxThousandths and > 0 && thousandths / ThousandthsPerUnit == value)
            return WriteThousandths((long)thousandths, destination);
        value.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int WriteThousandths(long thousandths, Span<byte> destination)
    {
        var written = 0;
        if (thousandths < 0)
        {
            destination[written++] = (byte)'-';
            thousandths = -thousandths;
        }

        var (units, rest) = Math.DivRem(thousandths, ThousandthsPerUnit);
        units.TryFormat(destination[written..], out var digits, default, CultureInfo.InvariantCulture);
        written += digits;
        if (rest == 0)
            return written;
        destination[written++] = (byte)'.';
        for (var place = ThousandthsPerUnit / 10; rest > 0; place /= 10)
        {
            destination[written++] = (byte)('0' + (rest / place));
            rest %= place;
        }

        return written;
    }
}
