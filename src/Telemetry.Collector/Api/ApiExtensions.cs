using System.Text.Json;
using Telemetry.Collector.Completeness;

namespace Telemetry.Collector.Api;

/// <summary>Composes the HTTP API.</summary>
public static class ApiExtensions
{
    public static WebApplicationBuilder AddCollectorApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default);
        });
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<StoreExceptionHandler>();
        builder.Services.AddOpenApi();
        return builder;
    }

    public static void MapCollectorApi(this WebApplication app)
    {
        app.MapGet("/", () => new IndexResponse(
            "/v1/runs", "/v1/aggregates?by=user", "/v1/dead-letters", "/v1/completeness", "/openapi/v1.json", "/metrics", "/health/live",
            "/health/ready")).ExcludeFromDescription();
        app.MapRuns();
        app.MapAggregates();
        app.MapDeadLetters();
        app.MapCompleteness();
        app.MapOpenApi();
    }
}
