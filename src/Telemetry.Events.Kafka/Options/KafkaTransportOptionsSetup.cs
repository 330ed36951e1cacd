using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Takes the address of the unnamed transport from the environment where nothing else sets it.</summary>
internal sealed class KafkaTransportOptionsSetup(Func<string, string?> readVariable) : IPostConfigureOptions<KafkaTransportOptions>
{
    public void PostConfigure(string? name, KafkaTransportOptions options)
    {
        if (name == Microsoft.Extensions.Options.Options.DefaultName && string.IsNullOrWhiteSpace(options.ConnectionString))
            options.ConnectionString = readVariable(KafkaTransportOptions.ConnectionStringVariable);
    }
}
