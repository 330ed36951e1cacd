using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Checks every option, and names each by where it was set.</summary>
internal sealed class KafkaTransportOptionsValidator : IValidateOptions<KafkaTransportOptions>
{
    public ValidateOptionsResult Validate(string? name, KafkaTransportOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        var unnamed = string.IsNullOrEmpty(name);
        var section = unnamed ? KafkaTransportOptions.SectionName : $"Kafka transport '{name}'";
        KafkaConnectionString? connection = null;
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            failures.AddError(unnamed
                ? $"No Kafka address. Set the environment variable {KafkaTransportOptions.ConnectionStringVariable} or {section}:ConnectionString, such as broker:9092."
                : $"{section}: ConnectionString is not set. Set it where the transport is added, such as broker:9092.");
        }
        else if (!KafkaConnectionString.TryParse(options.ConnectionString, out connection, out var error))
        {
            failures.AddError(unnamed
                ? $"{section}:ConnectionString (environment variable {KafkaTransportOptions.ConnectionStringVariable}): {error}"
                : $"{section}: ConnectionString: {error}");
        }

        if (options.DeliveryTimeout < TimeSpan.FromSeconds(1) || options.DeliveryTimeout > TimeSpan.FromHours(1))
            failures.AddError($"{section}:DeliveryTimeout is {options.DeliveryTimeout}. Set it to a value from 00:00:01 to 01:00:00.");
        if (options.Linger < TimeSpan.Zero || options.Linger > TimeSpan.FromSeconds(10))
            failures.AddError($"{section}:Linger is {options.Linger}. Set it to a value from 00:00:00 to 00:00:10.");
        else if (options.Linger >= options.DeliveryTimeout)
            failures.AddError($"{section}:Linger ({options.Linger}) is not below DeliveryTimeout ({options.DeliveryTimeout}). Lower it.");
        if (options.StatisticsInterval != TimeSpan.Zero
            && (options.StatisticsInterval < TimeSpan.FromSeconds(1) || options.StatisticsInterval > TimeSpan.FromHours(1)))
        {
            failures.AddError(
                $"{section}:StatisticsInterval is {options.StatisticsInterval}. Set it to a value from 00:00:01 to 01:00:00, or to 00:00:00 for none.");
        }

        if (!Enum.IsDefined(options.Compression))
            failures.AddError($"{section}:Compression is {options.Compression}. Set it to one of {string.Join(", ", Enum.GetNames<KafkaCompression>())}.");
        if (!Enum.IsDefined(options.Client))
            failures.AddError($"{section}:Client is {options.Client}. Set it to {KafkaClient.Native} or {KafkaClient.Managed}.");
        foreach (var property in connection?.Properties.Keys.Concat(options.Properties.Keys) ?? options.Properties.Keys)
        {
            if (KafkaProducerConfig.WhyRefused(property) is { } reason)
                failures.AddError($"{section}: the librdkafka property {property} {reason}. Remove it.");
        }

        return failures.Build();
    }
}
