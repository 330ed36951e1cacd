using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Takes the address from the environment where nothing else sets it, and checks every option.</summary>
internal sealed class KafkaTransportOptionsSetup(Func<string, string?> readVariable)
    : IPostConfigureOptions<KafkaTransportOptions>, IValidateOptions<KafkaTransportOptions>
{
    private const string Section = KafkaTransportOptions.SectionName;
    private const string Variable = KafkaTransportOptions.ConnectionStringVariable;

    public void PostConfigure(string? name, KafkaTransportOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            options.ConnectionString = readVariable(Variable);
    }

    public ValidateOptionsResult Validate(string? name, KafkaTransportOptions options)
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

        if (options.DeliveryTimeout < TimeSpan.FromSeconds(1) || options.DeliveryTimeout > TimeSpan.FromHours(1))
            failures.AddError($"{Section}:DeliveryTimeout is {options.DeliveryTimeout}. Set it to a value from 00:00:01 to 01:00:00.");
        if (options.Linger < TimeSpan.Zero || options.Linger > TimeSpan.FromSeconds(10))
            failures.AddError($"{Section}:Linger is {options.Linger}. Set it to a value from 00:00:00 to 00:00:10.");
        else if (options.Linger >= options.DeliveryTimeout)
            failures.AddError($"{Section}:Linger ({options.Linger}) is not below DeliveryTimeout ({options.DeliveryTimeout}). Lower it.");
        return failures.Build();
    }
}
