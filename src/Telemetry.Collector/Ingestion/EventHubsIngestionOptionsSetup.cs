using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;
using Telemetry.Events.EventHubs;

namespace Telemetry.Collector.Ingestion;

/// <summary>Takes the connection string from the environment where nothing else sets it, the hub from it, and checks every option.</summary>
internal sealed class EventHubsIngestionOptionsSetup(IConfiguration configuration)
    : IPostConfigureOptions<EventHubsIngestionOptions>, IValidateOptions<EventHubsIngestionOptions>
{
    private const string Section = EventHubsIngestionOptions.SectionName;
    private const string Variable = EventHubsOptions.ConnectionStringVariable;
    private const string DefaultEventHub = "mcp";

    public void PostConfigure(string? name, EventHubsIngestionOptions options)
    {
        if (!options.IsConfigured)
            options.ConnectionString = configuration[Variable];
        options.EventHub ??= EventHubsConnectionString.TryParse(options.ConnectionString, out var connection, out _)
            ? connection.EntityPath ?? DefaultEventHub
            : DefaultEventHub;
    }

    public ValidateOptionsResult Validate(string? name, EventHubsIngestionOptions options)
    {
        if (!options.IsConfigured)
            return ValidateOptionsResult.Success;
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckText($"{Section}:{nameof(options.EventHub)}", options.EventHub, "the event hub's name, such as mcp");
        failures.CheckText($"{Section}:{nameof(options.GroupId)}", options.GroupId, "a consumer group such as telemetry-collector");
        if (!EventHubsConnectionString.TryParse(options.ConnectionString, out var connection, out var error))
        {
            failures.AddError($"{Section}:ConnectionString (environment variable {Variable}): {error}");
        }
        else if (connection.EntityPath is { } entity && !string.Equals(entity, options.EventHub, StringComparison.OrdinalIgnoreCase))
        {
            failures.AddError(
                $"{Section}:EventHub is '{options.EventHub}', but the connection string is for '{entity}' alone (its EntityPath). Make them the same.");
        }

        return failures.Build();
    }
}
