using Microsoft.Extensions.Options;
using Telemetry.Collector.Api;
using Telemetry.Collector.Completeness;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Api;
using Telemetry.Collector.Ingestion;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Prometheus;
using Telemetry.Collector.Quotas.Api;
using Telemetry.Collector.Quotas.Hosting;
using Telemetry.Collector.Security;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Hosting;

/// <summary>The whole Collector; the one place that knows all its parts.</summary>
public static class CollectorApplication
{
    /// <summary>Composes a Collector that is not started yet.</summary>
    /// <param name="args">The command line: configuration, such as <c>--urls http://127.0.0.1:0</c>.</param>
    /// <param name="configure">Runs after all parts are added, before the application is built.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // appsettings.json is the one beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddCollectorStorage(
            services => services.GetRequiredService<IOptions<MeasuringOptions>>().Value.Schedule);
        builder.Services.AddPrometheus(builder.Configuration);
        builder.Services.AddMeasuring(builder.Configuration);
        builder.Services.AddIngestion();
        builder.AddCompleteness();
        builder.Services.AddDirectTopics(builder.Configuration);
        builder.Services.AddQuotas(builder.Configuration);
        builder.AddCollectorSecurity();
        builder.AddCollectorApi();
        builder.AddCollectorObservability();
        configure?.Invoke(builder);
        builder.AddCollectorHosting();

        var app = builder.Build();
        app.UseCollectorHosting();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapCollectorApi();
        app.MapDirectTopics();
        app.MapQuotas();
        app.MapCollectorObservability();
        return app;
    }

    /// <summary>Runs a Collector until it is told to stop (Ctrl-C, SIGTERM).</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">As for <see cref="Create"/>.</param>
    /// <param name="error">Where a start-up failure is told; default the standard error stream.</param>
    /// <returns>The exit code: 0 after an orderly stop, 1 where it could not start or a part of it broke down.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? error = null)
    {
        error ??= Console.Error;
        try
        {
            await using var app = Create(args, configure);
            // Before anything is opened, and of all options at once; the host would do it after building its services.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            var parts = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
            var stopping = app.Lifetime.ApplicationStopping;
            try
            {
                await app.RunAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Told to stop before it was up; the server's start was cancelled in the middle.
            }

            var broken = parts.Where(part => part.ExecuteTask is { IsFaulted: true }).ToList();
            foreach (var part in broken)
                await error.WriteLineAsync($"{part.GetType().Name} broke down: {part.ExecuteTask!.Exception!.InnerException}");
            return broken.Count == 0 ? 0 : 1;
        }
        catch (Exception exception) when (StartupFailure.Sentences(exception) is { Count: > 0 } sentences)
        {
            foreach (var sentence in sentences)
                await error.WriteLineAsync(sentence);
            return 1;
        }
    }
}
