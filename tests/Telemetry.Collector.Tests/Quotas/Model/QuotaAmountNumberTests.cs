using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Model;

public class QuotaAmountNumberTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("12.5", "12.5")]
    [InlineData("1.25e1", "12.5")]
    [InlineData("125E-1", "12.5")]
    [InlineData("0.1", "0.1")]
    [InlineData("-3.000000000001", "-3.000000000001")]
    [InlineData("1.0000000000000000000", "1")]
    [InlineData("1e-12", "0.000000000001")]
    [InlineData("1e25", "10000000000000000000000000")]
    [InlineData("99999999999999999999999999.999999999999", "99999999999999999999999999.999999999999")]
    [InlineData("0e999999999999", "0")]
    [InlineData("0.0000000000000000000000000001e28", "1")]
    public void A_number_is_read_and_written_to_its_last_digit(string text, string expected)
    {
        Assert.Equal(QuotaAmountProblem.None, QuotaAmountNumber.Parse(Encoding.ASCII.GetBytes(text), out var amount));
        Assert.Equal(expected, Written(amount));
    }

    [Theory]
    [InlineData("100000000000000000000000000", nameof(QuotaAmountProblem.TooLarge))]
    [InlineData("1e26", nameof(QuotaAmountProblem.TooLarge))]
    [InlineData("1e999999999999999999999", nameof(QuotaAmountProblem.TooLarge))]
    [InlineData("0.0000000000001", nameof(QuotaAmountProblem.TooPrecise))]
    [InlineData("1e-13", nameof(QuotaAmountProblem.TooPrecise))]
    [InlineData("1e-999999999999999999999", nameof(QuotaAmountProblem.TooPrecise))]
    public void What_would_have_to_be_cut_off_is_refused(string text, string expected)
    {
        Assert.Equal(Enum.Parse<QuotaAmountProblem>(expected), QuotaAmountNumber.Parse(Encoding.ASCII.GetBytes(text), out var amount));
        Assert.Equal(default, amount);
    }

    [Fact]
    public void A_number_of_endless_digits_is_refused() => Assert.Equal(
        QuotaAmountProblem.TooLong, QuotaAmountNumber.Parse(Encoding.ASCII.GetBytes("1." + new string('0', 200)), out _));

    [Fact]
    public void The_outermost_values_are_written()
    {
        Assert.Equal("170141183460469231731687303.715884105727", Written(new(Int128.MaxValue)));
        Assert.Equal("-170141183460469231731687303.715884105728", Written(new(Int128.MinValue)));
    }

    [Property(MaxTest = 1000)]
    public bool Every_amount_is_read_as_it_was_written(long high, ulong low, byte shift)
    {
        var limit = (Int128)BigInteger.Pow(10, 38);
        var amount = new QuotaAmount((((Int128)high << 64) + low >> (shift % 128)) % limit);

        return QuotaAmountNumber.Parse(Encoding.ASCII.GetBytes(Written(amount)), out var read) == QuotaAmountProblem.None && read == amount;
    }

    [Property(MaxTest = 500)]
    public bool A_decimal_is_read_as_decimal_reads_it(int whole, NonNegativeInt fraction)
    {
        var value = whole + (fraction.Get / 10_000_000_000m);
        var read = QuotaAmountNumber.Parse(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), out var amount);

        return read == QuotaAmountProblem.None && amount == QuotaAmount.From(value);
    }

    private static string Written(QuotaAmount amount)
    {
        Span<byte> text = stackalloc byte[QuotaAmountNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..QuotaAmountNumber.Format(amount, text)]);
    }
}
