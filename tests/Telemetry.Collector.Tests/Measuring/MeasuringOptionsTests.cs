using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Measuring;

namespace Telemetry.Collector.Tests.Measuring;

public class MeasuringOptionsTests
{
    [Fact]
    public void Defaults_are_valid()
    {
        var options = Options();

        Assert.Equal(TimeSpan.FromSeconds(60), options.SettleDelay);
        Assert.Equal(4, options.MeasureConcurrency);
    }

    [Theory]
    [InlineData("SettleDelay", "-00:00:01")]
    [InlineData("PollInterval", "00:00:00")]
    [InlineData("MeasureConcurrency", "0")]
    [InlineData("RetryDelay", "00:00:00")]
    [InlineData("MaxRetryDelay", "2.00:00:00")]
    [InlineData("LongestWindow", "32.00:00:00")]
    public void Setting_out_of_range_is_named_with_its_range(string name, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options(($"Collector:Measuring:{name}", value)));

        Assert.Contains($"Collector:Measuring:{name} is {value}. Set it to a value from ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cap_of_the_retry_delay_is_not_below_the_delay()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options(("Collector:Measuring:MaxRetryDelay", "00:00:01")));

        Assert.Contains("Collector:Measuring:MaxRetryDelay is 00:00:01. Set it to a value from 00:00:05 to 1.00:00:00.", failure.Message, StringComparison.Ordinal);
    }

    private static MeasuringOptions Options(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)))
            .Build();
        using var services = new ServiceCollection().AddMeasuring(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<MeasuringOptions>>().Value;
    }
}
