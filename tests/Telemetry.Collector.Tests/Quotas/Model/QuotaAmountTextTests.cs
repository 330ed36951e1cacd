using System.Text;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Model;

/// <summary>Amounts from and to text.</summary>
public class QuotaAmountTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("12.5", "12.5")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("0.000000000001", "0.000000000001")]
    [InlineData("0.0000000000019", "0.000000000001")]
    [InlineData("-0.0000000000019", "-0.000000000001")]
    [InlineData("0.99999999999999999999999999999999", "0.999999999999")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5E+2", "150")]
    [InlineData("1234e-3", "1.234")]
    [InlineData("5e-13", "0")]
    [InlineData("0e999999999999", "0")]
    [InlineData("0.00001e5", "1")]
    [InlineData("99999999999999999999999999.999999999999", "99999999999999999999999999.999999999999")]
    public void A_number_is_read_exactly_and_cut_behind_the_twelfth_digit(string number, string expected)
    {
        Assert.True(QuotaAmountText.TryParse(Encoding.UTF8.GetBytes(number), out var amount));
        Assert.Equal(expected, amount.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("1 ")]
    [InlineData("1.2.3")]
    [InlineData("1-2")]
    [InlineData("-.5")]
    [InlineData("00")]
    [InlineData("1e26")]
    [InlineData("100000000000000000000000000")]
    public void What_is_no_number_of_that_size_is_refused(string number) =>
        Assert.False(QuotaAmountText.TryParse(Encoding.UTF8.GetBytes(number), out _));

    [FsCheck.Xunit.Property]
    public void A_short_number_is_what_decimal_says(bool isNegative, uint whole, uint fraction, byte zeros)
    {
        var text = $"{(isNegative ? "-" : "")}{whole}.{new string('0', zeros % 3)}{fraction % 1_000_000}";

        Assert.True(QuotaAmountText.TryParseShort(Encoding.UTF8.GetBytes(text), out var amount));
        Assert.Equal(QuotaAmount.From(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)), amount);
    }

    [Theory]
    [InlineData("1234567890123456789")]
    [InlineData("0.0000000000001")]
    [InlineData("1e3")]
    public void What_does_not_fit_is_no_short_number(string number) =>
        Assert.False(QuotaAmountText.TryParseShort(Encoding.UTF8.GetBytes(number), out _));

    [FsCheck.Xunit.Property]
    public void Text_and_amount_are_the_same(long units, int more)
    {
        var amount = new QuotaAmount((Int128)units * (Math.Abs((long)more) + 1));
        Assert.True(QuotaAmountText.TryParse(Encoding.UTF8.GetBytes(amount.ToString()), out var read));
        Assert.Equal(amount, read);
    }
}
