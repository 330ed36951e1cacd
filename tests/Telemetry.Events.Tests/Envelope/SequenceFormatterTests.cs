using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using Telemetry.Events.Envelope;

namespace Telemetry.Events.Tests.Envelope;

public class SequenceFormatterTests
{
    private readonly SequenceFormatter _formatter = new();

    [Property]
    public void A_sequence_has_twenty_digits_whatever_came_before_it(long first, long second)
    {
        Assert.Equal(Expected(first & long.MaxValue), Format(first & long.MaxValue));
        Assert.Equal(Expected(second & long.MaxValue), Format(second & long.MaxValue));
    }

    [Fact]
    public void Carries_go_through_all_digits()
    {
        foreach (var sequence in (long[])[1, 9, 10, 99, 100, 9_999, 10_000, 10_001, 99_999_999, 100_000_000, long.MaxValue])
            Assert.Equal(Expected(sequence), Format(sequence));
    }

    private static string Expected(long sequence) => sequence.ToString("D20", CultureInfo.InvariantCulture);

    private string Format(long sequence)
    {
        var bytes = new byte[SequenceFormatter.TextLength];
        _formatter.Write(sequence, bytes);
        return Encoding.ASCII.GetString(bytes);
    }
}
