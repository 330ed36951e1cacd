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
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            failures.AddError(unnamed
                ? $"No Kafka address. Set the environment variable {KafkaTransportOptions.ConnectionStringVariable} or {section}:ConnectionString, such as broker:9092."
                : $"{section}: ConnectionString is not set. Set it where the transport is added, such as broker:9092.");
        }
        else if (!KafkaConnectionString.TryParse(options.ConnectionString, out _, out var error))
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
        return failures.Build();
    }
}
