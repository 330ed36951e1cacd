using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Consuming;
using Telemetry.Collector.Quotas.Hosting;
using Telemetry.Collector.Quotas.Log;

namespace Telemetry.Collector.Tests.Quotas.Hosting;

public sealed class QuotaPartsTests
{
    [Fact]
    public void Quotas_without_tables_to_count_from_are_refused()
    {
        var result = Validator(("Collector:DirectTopics:Mode", "Off")).Validate(null, new QuotaOptions { Enabled = true });

        Assert.Contains("Collector:Quota:Enabled is true, but Collector:DirectTopics:Mode is Off", result.FailureMessage);
        Assert.True(Validator(("Collector:DirectTopics:Mode", "Off")).Validate(null, new QuotaOptions()).Succeeded);
        Assert.True(Validator(("Collector:DirectTopics:Mode", "Embedded")).Validate(null, new QuotaOptions { Enabled = true }).Succeeded);
    }

    [Fact]
    public void Wrong_options_are_named_with_their_fix()
    {
        var feed = Validator().Validate(null, new QuotaFeedOptions { PositionInterval = TimeSpan.Zero, StallTimeout = TimeSpan.FromDays(1) });
        var log = Validator().Validate(null, new StateLogOptions { StateTopic = " ", StatePath = "", StateTimeout = TimeSpan.FromHours(1) });

        Assert.Equal(
            [
                "Collector:Quota:PositionInterval is 00:00:00. Set it to a value from 00:00:00.1000000 to 00:01:00.",
                "Collector:Quota:StallTimeout is 1.00:00:00. Set it to a value from 00:00:01 to 01:00:00.",
            ],
            feed.Failures);
        Assert.Equal(
            [
                "Collector:Quota:StateTopic is empty. Set it to a compacted topic such as quota_state.",
                "Collector:Quota:StatePath is empty. Set it to a file such as data/quota.duckdb.",
                "Collector:Quota:StateTimeout is 01:00:00. Set it to a value from 00:00:00.1000000 to 00:01:00.",
            ],
            log.Failures);
        Assert.True(Validator().Validate(null, new QuotaFeedOptions()).Succeeded);
        Assert.True(Validator().Validate(null, new StateLogOptions()).Succeeded);
    }

    [Fact]
    public void Resources_know_the_topics_of_their_events()
    {
        var resources = Resources("wkf_cpu", "wkf.cpu.charge");

        var resource = Assert.Single(resources.All);
        Assert.Equal(("cpu", "wkf.cpu.charge", "wkf_cpu"), (resource.Name, resource.Events[0].Type, resource.Events[0].Topic));
        Assert.Equal("wkf_cpu", Assert.Single(resources.Schemas).Topic);
    }

    [Theory]
    [InlineData("wkf_cpu", "wkf.gpu.charge", "Collector:Quota:Resources:cpu:Events has 'wkf.gpu.charge', and no direct topic has such an event.")]
    [InlineData("asset_access", "asset.access.check.allow", "Collector:Quota:Resources has events of the topic asset_access, whose payloads have no user_id")]
    public void An_event_that_cannot_be_counted_fails_the_start(string topic, string type, string sentence)
    {
        var failure = Assert.Throws<StartupException>(() => Resources(topic, type));

        Assert.StartsWith(sentence, failure.Message);
    }

    private static QuotaPartsValidator Validator(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());

    private static QuotaResources Resources(string topic, string type)
    {
        var direct = Options.Create(new DirectTopicsOptions { Topics = { topic } });
        var quota = Options.Create(new QuotaOptions { Resources = { ["cpu"] = new QuotaResourceOptions { Events = { type } } } });
        return new QuotaResources(quota, direct, new DirectTopicSchemas(direct));
    }
}
