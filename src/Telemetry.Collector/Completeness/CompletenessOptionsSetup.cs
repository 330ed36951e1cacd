using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;
using Telemetry.Events;

namespace Telemetry.Collector.Completeness;

/// <summary>Fills in the catalog's topics, and checks every option.</summary>
internal sealed class CompletenessOptionsSetup : IPostConfigureOptions<CompletenessOptions>, IValidateOptions<CompletenessOptions>
{
    private const string Section = CompletenessOptions.SectionName;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public void PostConfigure(string? name, CompletenessOptions options)
    {
        if (options.Topics.Count == 0)
        {
            foreach (var (topic, delivery) in CatalogTopicClasses.All)
                options.Topics.Add(topic, delivery);
        }

        options.Topics.TryAdd(CatalogTopicClasses.ReportTopic, DeliveryClass.Usage);
    }

    public ValidateOptionsResult Validate(string? name, CompletenessOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckText($"{Section}:{nameof(options.GroupId)}", options.GroupId, "a consumer group such as telemetry-collector-completeness");
        failures.CheckRange($"{Section}:{nameof(options.SettleDelay)}", options.SettleDelay, Second, TimeSpan.FromDays(1));
        failures.CheckRange($"{Section}:{nameof(options.RefreshInterval)}", options.RefreshInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        failures.CheckRange($"{Section}:{nameof(options.Retention)}", options.Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(3650));
        foreach (var (topic, delivery) in options.Topics.Where(topic => !Enum.IsDefined(topic.Value)))
            failures.AddError($"{Section}:Topics:{topic} is {delivery}. Set it to the delivery class of the topic's events: Telemetry, Usage or Audit.");
        if (options.Topics[CatalogTopicClasses.ReportTopic] != DeliveryClass.Usage)
        {
            failures.AddError(
                $"{Section}:Topics:{CatalogTopicClasses.ReportTopic} is {options.Topics[CatalogTopicClasses.ReportTopic]}, but reports are of " +
                "class Usage. Remove the entry.");
        }

        return failures.Build();
    }
}
