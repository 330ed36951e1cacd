using Microsoft.Extensions.Options;
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

        CheckText(failures, options.GroupId, nameof(options.GroupId), "a consumer group such as telemetry-collector");
        CheckText(failures, options.LoadTopic, nameof(options.LoadTopic), "a topic such as xumi_load");
        CheckText(failures, options.TaskTopic, nameof(options.TaskTopic), "a topic such as xumi_task");
        if (options.LoadTopic == options.TaskTopic)
            failures.AddError($"{Section}:LoadTopic and TaskTopic are both '{options.TaskTopic}'. Give each its own topic.");
        CheckRange(failures, options.MaxBatchRecords, 1, 100_000, nameof(options.MaxBatchRecords));
        CheckRange(failures, options.MaxBatchWait, Millisecond, Minute, nameof(options.MaxBatchWait));
        CheckRange(failures, options.StoreRetryDelay, Millisecond, Minute, nameof(options.StoreRetryDelay));
        CheckRange(failures, options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.StallTimeout));
        return failures.Build();
    }

    private static void CheckText(ValidateOptionsResultBuilder failures, string? value, string option, string fix)
    {
        if (string.IsNullOrWhiteSpace(value))
            failures.AddError($"{Section}:{option} is empty. Set it to {fix}.");
    }

    private static void CheckRange<T>(ValidateOptionsResultBuilder failures, T value, T min, T max, string option)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            failures.AddError($"{Section}:{option} is {value}. Set it to a value from {min} to {max}.");
    }
}
