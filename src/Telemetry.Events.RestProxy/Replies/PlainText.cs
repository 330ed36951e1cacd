namespace Telemetry.Events.RestProxy;

/// <summary>Steps through a reply that is expected to look as usual; each says false where it does not.</summary>
internal static class PlainText
{
    // One less than a long has, so that no sum can overflow; a larger number is left to the JSON reader.
    private const int MostDigits = 18;

    public static bool TrySkip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
            return false;
        rest = rest[expected.Length..];
        return true;
    }

    /// <summary>Reads a number without a sign.</summary>
    public static bool TryReadNumber(ref ReadOnlySpan<byte> rest, out long number)
    {
        number = 0;
        var length = 0;
        for (; length < rest.Length && (uint)(rest[length] - '0') <= 9; length++)
            number = (number * 10) + (rest[length] - '0');
        if (length is 0 or > MostDigits)
            return false;
        rest = rest[length..];
        return true;
    }

    /// <summary>As <see cref="TryReadNumber"/>, for a partition.</summary>
    public static bool TryReadPartition(ref ReadOnlySpan<byte> rest, out int partition)
    {
        var isNumber = TryReadNumber(ref rest, out var number);
        partition = (int)number;
        return isNumber && number <= int.MaxValue;
    }
}
