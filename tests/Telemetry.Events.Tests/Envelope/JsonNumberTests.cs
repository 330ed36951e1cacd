using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Events.Envelope;

namespace Telemetry.Events.Tests.Envelope;

public sealed class JsonNumberTests
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(-1, "-1")]
    [InlineData(0.5, "0.5")]
    [InlineData(-0.001, "-0.001")]
    [InlineData(12.34, "12.34")]
    [InlineData(1200.05, "1200.05")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(0.0004, "0.0004")]
    [InlineData(999_999_999_999.999, "999999999999.999")]
    [InlineData(1e12, "1000000000000")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.Epsilon, "5E-324")]
    public void A_number_is_written_with_its_shortest_digits(double value, string expected) => Assert.Equal(expected, Write(value));

    [Property(MaxTest = 2000)]
    public void Any_finite_number_is_written_as_the_runtime_writes_it(NormalFloat value) =>
        Assert.Equal(value.Get.ToString("R", CultureInfo.InvariantCulture), Write(value.Get));

    [Property(MaxTest = 2000)]
    public void A_number_of_few_decimals_is_written_as_the_runtime_writes_it(long digits, byte decimals, byte magnitude)
    {
        var value = (digits >> (magnitude % 64)) / Math.Pow(10, decimals % 6);

        Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), Write(value));
    }

    private static string Write(double value)
    {
        var bytes = new byte[40];
        return Encoding.ASCII.GetString(bytes, 0, JsonNumber.Write(value, bytes));
    }
}
