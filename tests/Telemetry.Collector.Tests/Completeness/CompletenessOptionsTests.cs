using Telemetry.Collector.Completeness;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Tests.Completeness;

public class CompletenessOptionsTests
{
    [Fact]
    public void The_default_topics_are_those_of_the_catalog_with_their_classes()
    {
        var catalog = typeof(TelemetryProducerReport).Assembly.GetExportedTypes()
            .Where(type => typeof(ITelemetryEvent).IsAssignableFrom(type) && !type.IsInterface)
            .Select(type => (EventDescriptor)type.GetProperty(nameof(ITelemetryEvent.Descriptor))!.GetValue(null)!)
            .Select(descriptor => (descriptor.Topic, descriptor.Delivery)).Distinct();
        var options = new CompletenessOptions();

        new CompletenessOptionsSetup().PostConfigure(null, options);

        Assert.Equal(catalog.Order(), options.Topics.Select(topic => (topic.Key, topic.Value)).Order());
    }

    [Fact]
    public void Topics_that_are_given_stand_in_place_of_them_and_reports_are_read_in_any_case()
    {
        var options = new CompletenessOptions { Topics = { ["orders"] = DeliveryClass.Audit } };

        new CompletenessOptionsSetup().PostConfigure(null, options);

        Assert.Equal(["orders", "telemetry_producer"], options.Topics.Keys.Order());
        Assert.True(new CompletenessOptionsSetup().Validate(null, options).Succeeded);
    }

    [Fact]
    public void A_mistake_is_named_with_its_value_and_the_fix()
    {
        var options = new CompletenessOptions
        {
            GroupId = " ",
            SettleDelay = TimeSpan.Zero,
            RefreshInterval = TimeSpan.Zero,
            Retention = TimeSpan.Zero,
            Topics = { ["orders"] = (DeliveryClass)7, ["telemetry_producer"] = DeliveryClass.Audit },
        };

        var failures = new CompletenessOptionsSetup().Validate(null, options).Failures!.ToList();

        Assert.Equal(6, failures.Count);
        Assert.Contains(failures, failure => failure.StartsWith("Collector:Completeness:SettleDelay is 00:00:00. Set it to a value from 00:00:01", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Collector:Completeness:Topics:orders is 7. Set it to the delivery class", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("Collector:Completeness:Topics:telemetry_producer is Audit", StringComparison.Ordinal));
    }
}
