using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Takes the address from the environment where nothing else sets it, and checks every option.</summary>
internal sealed class EventConsumerOptionsValidator(Func<string, string?> readVariable)
    : IPostConfigureOptions<EventConsumerOptions>, IValidateOptions<EventConsumerOptions>
{
    private const string Variable = KafkaTransportOptions.ConnectionStringVariable;
    private static readonly string[] OwnProperties =
        ["enable.auto.commit", "enable.auto.offset.store", "group.id", "auto.offset.reset", "bootstrap.servers", "metadata.broker.list"];

    public void PostConfigure(string? name, EventConsumerOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            options.ConnectionString = readVariable(Variable);
    }

    public ValidateOptionsResult Validate(string? name, EventConsumerOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        var section = string.IsNullOrEmpty(name) ? "Event consumer" : $"{EventConsumerOptions.SectionName}:{name}";
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            failures.AddError($"{section}: no Kafka address. Set the environment variable {Variable} or {section}:ConnectionString, such as broker:9092.");
        else if (!KafkaConnectionString.TryParse(options.ConnectionString, out _, out var error))
            failures.AddError($"{section}:ConnectionString (environment variable {Variable}): {error}");
        if (string.IsNullOrWhiteSpace(options.GroupId))
            failures.AddError($"{section}:GroupId is empty. Set it to a consumer group of this service alone, such as audit-responder.");
        if (options.Topics.Count == 0 || options.Topics.Any(string.IsNullOrWhiteSpace))
            failures.AddError($"{section}:Topics is '{string.Join(", ", options.Topics)}'. Set it to one topic at least, such as pbac_access, and none empty.");
        if (!Enum.IsDefined(options.StartAt))
            failures.AddError($"{section}:StartAt is {options.StartAt}. Set it to Earliest or Latest.");

        Check(options.MaxBatchEvents, 1, 100_000, nameof(options.MaxBatchEvents));
        Check(options.MaxBatchBytes, 1024, 1_000_000_000, nameof(options.MaxBatchBytes));
        Check(options.MaxBatchWait, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(options.MaxBatchWait));
        Check(options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10), nameof(options.RetryDelay));
        Check(options.RetryMaxDelay, options.RetryDelay, TimeSpan.FromHours(1), nameof(options.RetryMaxDelay));
        Check(options.RebalanceTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.RebalanceTimeout));
        Check(options.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.ShutdownTimeout));
        Check(options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.StallTimeout));
        foreach (var property in options.Properties.Keys.Intersect(OwnProperties))
            failures.AddError($"{section}:Properties:{property} cannot be set: an option or the promise about offsets decides it. Remove it.");
        return failures.Build();

        void Check<T>(T value, T min, T max, string option)
            where T : IComparable<T>
        {
            if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
                failures.AddError($"{section}:{option} is {value}. Set it to a value from {min} to {max}.");
        }
    }
}
