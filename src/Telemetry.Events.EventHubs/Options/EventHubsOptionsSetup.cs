using Microsoft.Extensions.Options;

namespace Telemetry.Events.EventHubs;

/// <summary>Takes the connection string from the environment where nothing else says which namespace, and the hub from it.</summary>
internal sealed class EventHubsOptionsSetup(Func<string, string?> readVariable) : IPostConfigureOptions<EventHubsOptions>
{
    public void PostConfigure(string? name, EventHubsOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString) && string.IsNullOrWhiteSpace(options.FullyQualifiedNamespace))
            options.ConnectionString = readVariable(EventHubsOptions.ConnectionStringVariable);
        if (string.IsNullOrWhiteSpace(options.EventHub)
            && EventHubsConnectionString.TryParse(options.ConnectionString, out var connection, out _))
        {
            options.EventHub = connection.EntityPath;
        }
    }
}
