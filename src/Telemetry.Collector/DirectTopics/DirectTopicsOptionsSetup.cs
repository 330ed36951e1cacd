using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Configuration;
using Telemetry.Collector.Ingestion;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics;

/// <summary>Fills in what follows from other options, and checks every option.</summary>
internal sealed class DirectTopicsOptionsSetup(IConfiguration configuration, IOptions<ClickHouseOptions> clickHouse)
    : IPostConfigureOptions<DirectTopicsOptions>, IValidateOptions<DirectTopicsOptions>
{
    private const string Section = DirectTopicsOptions.SectionName;

    private static readonly string[] DefaultTopics =
    [
        "pbac_access", "pbac_politics", "pbac_service", "asset_access", "asset_transfer", "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu",
    ];

    /// <summary>The mode, at a time when options cannot be asked for yet: it decides what is registered.</summary>
    public static DirectTopicsMode ModeOf(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<DirectTopicsOptions>()?.Mode ??
        Default(ClickHouseOptionsSetup.IsConfigured(configuration));

    public void PostConfigure(string? name, DirectTopicsOptions options)
    {
        options.Mode ??= Default(clickHouse.Value.IsConfigured);
        if (string.IsNullOrWhiteSpace(options.Kafka))
        {
            options.Kafka = configuration[$"{IngestionOptions.SectionName}:{nameof(IngestionOptions.ConnectionString)}"] is { Length: > 0 } own
                ? own
                : configuration[KafkaTransportOptions.ConnectionStringVariable];
        }

        if (options.Topics.Count > 0)
            return;
        foreach (var topic in DefaultTopics)
            options.Topics.Add(topic);
    }

    private static DirectTopicsMode Default(bool hasClickHouse) => hasClickHouse ? DirectTopicsMode.ClickHouse : DirectTopicsMode.Off;

    public ValidateOptionsResult Validate(string? name, DirectTopicsOptions options)
    {
        if (options.Mode == DirectTopicsMode.Off)
            return ValidateOptionsResult.Success;
        var failures = new ValidateOptionsResultBuilder();
        if (options.Mode == DirectTopicsMode.ClickHouse && !clickHouse.Value.IsConfigured)
        {
            failures.AddError(
                $"{Section}:Mode is ClickHouse, but no address is set. Set {ClickHouseOptions.UrlVariable} or {ClickHouseOptions.SectionName}:Url, " +
                "such as http://127.0.0.1:8123.");
        }

        if (string.IsNullOrWhiteSpace(options.Kafka))
            failures.AddError($"No Kafka address. Set {KafkaTransportOptions.ConnectionStringVariable} or {Section}:Kafka, such as broker:9092.");
        else if (!KafkaConnectionString.TryParse(options.Kafka, out _, out var error))
            failures.AddError($"{Section}:Kafka: {error}");
        failures.CheckText($"{Section}:{nameof(options.NamedCollection)}", options.NamedCollection, "a name such as telemetry_kafka");
        failures.CheckText($"{Section}:{nameof(options.GroupPrefix)}", options.GroupPrefix, "a prefix such as telemetry-direct");
        failures.CheckText($"{Section}:{nameof(options.Path)}", options.Path, "a file such as data/direct.duckdb");
        failures.CheckRange($"{Section}:{nameof(options.ConsumersPerTopic)}", options.ConsumersPerTopic, 1, 64);
        failures.CheckRange($"{Section}:{nameof(options.MaxBlockRows)}", options.MaxBlockRows, 1000, 10_000_000);
        failures.CheckRange($"{Section}:{nameof(options.FlushInterval)}", options.FlushInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        failures.CheckRange($"{Section}:{nameof(options.StallTimeout)}", options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        failures.CheckRange($"{Section}:{nameof(options.ProofInterval)}", options.ProofInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        if (options.RetentionDays is { } days)
            failures.CheckRange($"{Section}:{nameof(options.RetentionDays)}", days, 1, 36_500);
        return failures.Build();
    }
}
