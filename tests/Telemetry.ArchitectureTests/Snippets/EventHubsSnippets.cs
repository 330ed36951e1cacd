using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telemetry.Events.EventHubs;

namespace Telemetry.ArchitectureTests.Snippets;

internal static class EventHubsSnippets
{
    public static void ByConnectionString(IServiceCollection services, string connectionString)
    {
        services.AddTelemetryEvents()
            .AddKafka()
            .AddEventHubs(connectionString, "mcp");
    }

    public static void ByToken(IServiceCollection services)
    {
        services.AddTelemetryEvents()
            .AddEventHubs("contoso.servicebus.windows.net", "mcp", new DefaultAzureCredential());
    }

    public static void Reading(IServiceCollection services, string connectionString)
    {
        services.AddTelemetryEventConsumer("mcp", options =>
        {
            options.UseEventHubs(connectionString, "mcp");
            options.GroupId = "audit-responder";
        });
    }

    public static void Readme(IHostApplicationBuilder builder, string connectionString)
    {
        builder.Services.AddTelemetryEvents()
            .AddKafka()                                   // everything else
            .AddEventHubs(connectionString, "mcp");       // the topic mcp goes to the event hub mcp
    }

    public static void ReadmeByToken(IHostApplicationBuilder builder)
    {
        builder.Services.AddTelemetryEvents()
            .AddEventHubs("contoso.servicebus.windows.net", "mcp", new DefaultAzureCredential());
    }

    /// <summary>Stands for Azure.Identity's, which is one of many credentials.</summary>
    private sealed class DefaultAzureCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
