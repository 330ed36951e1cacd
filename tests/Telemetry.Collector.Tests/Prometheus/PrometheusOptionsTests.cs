using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Tests.Prometheus;

public class PrometheusOptionsTests
{
    [Fact]
    public void Without_settings_it_is_the_prometheus_of_this_machine()
    {
        var options = Options();

        Assert.Equal("http://127.0.0.1:9090", options.Url);
        Assert.Equal(TimeSpan.FromSeconds(10), options.QueryTimeout);
        Assert.Equal(TimeSpan.FromSeconds(15), options.ScrapeInterval);
    }

    [Fact]
    public void Environment_stands_in_for_the_section()
    {
        Assert.Equal("http://a:1", Options(("PROMETHEUS_URL", "http://a:1")).Url);
        Assert.Equal("http://b:2", Options(("PROMETHEUS_URL", "http://a:1"), ("Collector:Prometheus:Url", "http://b:2")).Url);
        Assert.Equal("http://127.0.0.1:9090", Options(("PROMETHEUS_URL", "")).Url);
    }

    [Theory]
    [InlineData("Url", "prometheus:9090", "http(s)://")]
    [InlineData("Url", "http://secret@a?b=c", "without query")]
    [InlineData("Url", "", "no address")]
    [InlineData("BearerToken", "", "set the token alone")]
    [InlineData("BearerToken", "se\ncret", "set the token alone")]
    public void Bad_setting_is_a_sentence_without_secrets(string name, string value, string words)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options(($"Collector:Prometheus:{name}", value)));

        Assert.Contains($"Collector:Prometheus:{name}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QueryTimeout", "00:00:00")]
    [InlineData("ScrapeInterval", "1.00:00:00")]
    public void Setting_out_of_range_is_named_with_its_range(string name, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Options(($"Collector:Prometheus:{name}", value)));

        Assert.Contains($"Collector:Prometheus:{name} is {value}. Set it to a value from ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kinds_of_credentials_are_one_too_many()
    {
        var failure = Assert.Throws<OptionsValidationException>(
            () => Options(("PROMETHEUS_URL", "http://user:secret@a"), ("Collector:Prometheus:BearerToken", "secret")));

        Assert.Contains("remove one of them", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    private static PrometheusOptions Options(params (string Key, string? Value)[] settings)
    {
        using var services = StubPrometheus.Services(settings);
        return services.GetRequiredService<IOptions<PrometheusOptions>>().Value;
    }
}
