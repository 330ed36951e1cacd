namespace Telemetry.Collector.Quotas.Reading;

/// <summary>Takes JSON apart that has neither white space nor escapes. What it does not take, it leaves where it is.</summary>
internal ref struct PlainJson(ReadOnlySpan<byte> rest)
{
    public ReadOnlySpan<byte> Rest { get; private set; } = rest;

    public bool TryTake(byte sign)
    {
        if (Rest.IsEmpty || Rest[0] != sign)
            return false;
        Rest = Rest[1..];
        return true;
    }

    /// <summary>A member's name with its colon.</summary>
    public bool TryTakeName(out ReadOnlySpan<byte> name) => TryTakeText(out name) && TryTake((byte)':');

    /// <summary>A text without its quotation marks.</summary>
    public bool TryTakeText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Rest.IsEmpty || Rest[0] != (byte)'"')
            return false;
        var inner = Rest[1..];
        var end = inner.IndexOf((byte)'"');
        if (end < 0)
            return false;
        text = inner[..end];
        Rest = inner[(end + 1)..];
        return true;
    }

    /// <summary>A number without an exponent, of so few digits that every type of number holds it.</summary>
    public bool TryTakeNumber(out ReadOnlySpan<byte> number)
    {
        const int most = 28;
        // 64 bits hold each of them; the tables take no whole number beyond.
        const int mostWhole = 18;
        number = default;
        var i = 0;
        if (i < Rest.Length && Rest[i] == (byte)'-')
            i++;
        var whole = Digits(ref i);
        if (whole is 0 or > mostWhole || (whole > 1 && Rest[i - whole] == (byte)'0'))
            return false;
        if (i < Rest.Length && Rest[i] == (byte)'.')
        {
            i++;
            if (Digits(ref i) == 0)
                return false;
        }

        if (i - Leading(Rest) > most || (i < Rest.Length && Rest[i] is (byte)'e' or (byte)'E'))
            return false;
        number = Rest[..i];
        Rest = Rest[i..];
        return true;
    }

    // Signs before the first digit that tells how large the mantissa is.
    private static int Leading(ReadOnlySpan<byte> number)
    {
        var sign = number[0] == (byte)'-' ? 1 : 0;
        return number[sign] == (byte)'0' ? sign + 2 : sign + 1;
    }

    private readonly int Digits(ref int at)
    {
        var start = at;
        while (at < Rest.Length && (uint)(Rest[at] - '0') <= 9)
            at++;
        return at - start;
    }
}
