using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Takes the address from the environment where nothing else sets it, and checks every option.</summary>
internal sealed class IngestionOptionsSetup(IConfiguration configuration)
    : IPostConfigureOptions<IngestionOptions>, IValidateOptions<IngestionOptions>
{
    private const string Section = IngestionOptions.SectionName;
    private const string Variable = KafkaTransportOptions.ConnectionStringVariable;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public void PostConfigure(string? name, IngestionOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            options.ConnectionString = configuration[Variable];
    }

    public ValidateOptionsResult Validate(string? name, IngestionOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            failures.AddError(
                $"No Kafka address. Set the environment variable {Variable} or {Section}:ConnectionString, such as broker:9092.");
        }
        else if (!KafkaConnectionString.TryParse(options.ConnectionString, out _, out var error))
        {
            failures.AddError($"{Section}:ConnectionString (environment variable {Variable}): {error}");
        }

        failures.CheckText($"{Section}:{nameof(options.GroupId)}", options.GroupId, "a consumer group such as telemetry-collector");
        failures.CheckText($"{Section}:{nameof(options.LoadTopic)}", options.LoadTopic, "a topic such as xumi_load");
        failures.CheckText($"{Section}:{nameof(options.TaskTopic)}", options.TaskTopic, "a topic such as xumi_task");
        if (options.LoadTopic == options.TaskTopic)
            failures.AddError($"{Section}:LoadTopic and TaskTopic are both '{options.TaskTopic}'. Give each its own topic.");
        failures.CheckRange($"{Section}:{nameof(options.MaxBatchRecords)}", options.MaxBatchRecords, 1, 100_000);
        failures.CheckRange($"{Section}:{nameof(options.MaxBatchWait)}", options.MaxBatchWait, Millisecond, Minute);
        failures.CheckRange($"{Section}:{nameof(options.StoreRetryDelay)}", options.StoreRetryDelay, Millisecond, Minute);
        failures.CheckRange($"{Section}:{nameof(options.StallTimeout)}", options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        return failures.Build();
    }
}
