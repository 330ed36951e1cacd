using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Telemetry.Quota.Client.Tests;

public class TelemetryQuotaOptionsTests
{
    [Fact]
    public async Task Without_a_chosen_failure_mode_the_start_fails_and_says_what_there_is()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddTelemetryQuota(options => options.BaseAddress = "http://collector:8080");
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            "TelemetryQuota:FailureMode is not set. Set it to FailClosed (nothing is spent while the Quota Service does not answer) or to " +
            "FailOpen (work goes on, and may go beyond a limit).",
            Assert.Single(failure.Failures));
    }

    [Fact]
    public void Configuration_is_bound_and_the_environment_is_the_last_to_be_asked()
    {
        var setup = new TelemetryQuotaOptionsSetup(name => name == "QUOTA_URL" ? "http://from-environment" : null);
        var (own, other) = (new TelemetryQuotaOptions { BaseAddress = "http://own" }, new TelemetryQuotaOptions());

        setup.PostConfigure(null, own);
        setup.PostConfigure(null, other);

        Assert.Equal(("http://own", "http://from-environment"), (own.BaseAddress, other.BaseAddress));
        var builder = Host.CreateApplicationBuilder(["--TelemetryQuota:FailureMode", "FailOpen", "--TelemetryQuota:TotalTimeout", "00:00:09"]);
        builder.Services.AddTelemetryQuota();
        using var host = builder.Build();
        var bound = host.Services.GetRequiredService<IOptionsMonitor<TelemetryQuotaOptions>>();
        Assert.Contains("BaseAddress", Assert.Throws<OptionsValidationException>(() => bound.CurrentValue).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BaseAddress", null, "No address of the Quota Service. Set the environment variable QUOTA_URL or TelemetryQuota:BaseAddress")]
    [InlineData("BaseAddress", "collector:8080", "TelemetryQuota:BaseAddress (environment variable QUOTA_URL) is no address.")]
    [InlineData("BaseAddress", "ftp://collector", "is no address.")]
    [InlineData("BaseAddress", "http://u:secret@collector", "holds a user or password")]
    [InlineData("BaseAddress", "http://collector?x=1", "has a query or a fragment")]
    [InlineData("ApiKey", "", "TelemetryQuota:ApiKey is empty or holds characters")]
    [InlineData("ApiKey", "se cret", "TelemetryQuota:ApiKey is empty or holds characters")]
    [InlineData("AttemptTimeout", "00:00:00", "TelemetryQuota:AttemptTimeout is 00:00:00. Set it to a value from 00:00:00.0100000 to 00:01:00.")]
    [InlineData("TotalTimeout", "00:00:01", "TelemetryQuota:TotalTimeout is 00:00:01. Set it to a value from 00:00:02 to 00:05:00.")]
    [InlineData("MaxRetries", "11", "TelemetryQuota:MaxRetries is 11. Set it to a value from 0 to 10.")]
    [InlineData("RetryDelay", "00:00:11", "TelemetryQuota:RetryDelay is 00:00:11.")]
    [InlineData("FailureMode", "7", "TelemetryQuota:FailureMode is 7. Set it to FailClosed or FailOpen.")]
    public void A_wrong_option_is_named_with_its_fix_and_no_secret(string option, string? value, string expected)
    {
        var options = new TelemetryQuotaOptions { BaseAddress = "http://collector", FailureMode = QuotaFailureMode.FailOpen };
        var property = typeof(TelemetryQuotaOptions).GetProperty(option)!;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        property.SetValue(options, value is null ? null : System.ComponentModel.TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value));

        var failure = Assert.Single(new TelemetryQuotaOptionsSetup(_ => null).Validate(null, options).Failures!);

        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("se cret", failure, StringComparison.Ordinal);
    }
}
