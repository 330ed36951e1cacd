using Microsoft.Extensions.Options;

namespace Telemetry.Events.EventHubs;

/// <summary>Checks every option, and that connection string, hub and tier go together. No message shows a key.</summary>
internal sealed class EventHubsOptionsValidator : IValidateOptions<EventHubsOptions>
{
    private const string Section = EventHubsOptions.SectionName;
    private static readonly TimeSpan MinDeliveryTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxDeliveryTimeout = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, EventHubsOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        CheckNamespace(failures, options);
        CheckHubs(failures, options);
        CheckTier(failures, options);
        if (options.DeliveryTimeout < MinDeliveryTimeout || options.DeliveryTimeout > MaxDeliveryTimeout)
        {
            failures.AddError(
                $"{Section}:DeliveryTimeout is {options.DeliveryTimeout}. Set it to a value from {MinDeliveryTimeout} to {MaxDeliveryTimeout}: " +
                "a request to Event Hubs may take a minute.");
        }

        foreach (var (property, value) in options.Properties)
        {
            if (EventHubsPropertyRules.Check(property, value) is { } failure)
                failures.AddError($"{Section}:{failure}");
        }

        return failures.Build();
    }

    private static void CheckNamespace(ValidateOptionsResultBuilder failures, EventHubsOptions options)
    {
        var named = !string.IsNullOrWhiteSpace(options.FullyQualifiedNamespace);
        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            if (named || options.Credential is not null)
            {
                failures.AddError(
                    $"{Section}: ConnectionString and FullyQualifiedNamespace with Credential are two ways to log in. Set one of them.");
            }
            else if (!EventHubsConnectionString.TryParse(options.ConnectionString, out var connection, out var error))
            {
                failures.AddError($"{Section}:ConnectionString (environment variable {EventHubsOptions.ConnectionStringVariable}): {error}");
            }
            else if (connection.EntityPath is { } entity)
            {
                CheckEntity(failures, options, entity);
            }
        }
        else if (!named)
        {
            failures.AddError(
                $"No Event Hubs namespace. Set the environment variable {EventHubsOptions.ConnectionStringVariable} or {Section}:ConnectionString " +
                "to the connection string that the portal shows, or give a fully qualified namespace with a token credential in code.");
        }
        else if (!EventHubsEndpoint.TryParse(options.FullyQualifiedNamespace, out _, out _))
        {
            failures.AddError(
                $"{Section}:FullyQualifiedNamespace is '{options.FullyQualifiedNamespace}'. Set it to the host alone, such as contoso.servicebus.windows.net.");
        }
        else if (options.Credential is null)
        {
            failures.AddError(
                $"{Section}:FullyQualifiedNamespace is set and Credential is not. Give a token credential in code, such as " +
                "AddEventHubs(namespace, eventHub, new DefaultAzureCredential()).");
        }
    }

    private static void CheckEntity(ValidateOptionsResultBuilder failures, EventHubsOptions options, string entity)
    {
        var others = options.TopicNames.Values.Append(options.EventHub)
            .Where(hub => !string.IsNullOrWhiteSpace(hub) && !string.Equals(hub, entity, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .ToList();
        if (others.Count > 0)
        {
            failures.AddError(
                $"{Section}: the connection string is for the event hub '{entity}' alone (its EntityPath), but events go to " +
                $"'{string.Join("', '", others)}' too. Use a connection string of the namespace, or that hub's own.");
        }
    }

    private static void CheckHubs(ValidateOptionsResultBuilder failures, EventHubsOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.EventHub))
            failures.AddError($"{Section}:EventHub is empty. Set it to the event hub's name, such as mcp.");
        foreach (var (topic, eventHub) in options.TopicNames)
        {
            if (string.IsNullOrWhiteSpace(topic) || string.IsNullOrWhiteSpace(eventHub))
                failures.AddError($"{Section}:TopicNames maps '{topic}' to '{eventHub}'. Give both a name, such as mcp and mcp-production.");
        }
    }

    private static void CheckTier(ValidateOptionsResultBuilder failures, EventHubsOptions options)
    {
        if (options.Tier == EventHubsTier.Basic)
            failures.AddError($"{Section}:Tier is Basic, which has no Kafka endpoint. Move the namespace to Standard, Premium or Dedicated.");
        else if (!Enum.IsDefined(options.Tier))
            failures.AddError($"{Section}:Tier is {options.Tier}. Set it to Standard, Premium or Dedicated.");
        else if (options is { Compression: EventHubsCompression.Gzip, Tier: EventHubsTier.Standard })
            failures.AddError($"{Section}:Compression is Gzip, which the tier Standard does not take. Set Compression to None, or Tier to what the namespace is.");
        if (!Enum.IsDefined(options.Compression))
            failures.AddError($"{Section}:Compression is {options.Compression}. Set it to None or Gzip.");
    }
}
