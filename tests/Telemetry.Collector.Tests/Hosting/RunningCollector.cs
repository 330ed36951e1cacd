using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Storage;
using Telemetry.Collector.Tests.Storage;

namespace Telemetry.Collector.Tests.Hosting;

/// <summary>The whole Collector on a port of its own, with a store file of its own.</summary>
internal sealed class RunningCollector : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly WebApplication _application;

    private RunningCollector(TempDirectory directory, WebApplication application)
    {
        _directory = directory;
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    /// <summary>An address that nobody answers at: these tests are not about what is read.</summary>
    public static string[] NoKafka => ["--Collector:Kafka:ConnectionString", "127.0.0.1:9"];

    public HttpClient Client { get; }

    public IRunStore Store => _application.Services.GetRequiredService<IRunStore>();

    public IServiceProvider Services => _application.Services;

    public string StorePath => StoreFile(_directory);

    public static async Task<RunningCollector> StartAsync(Action<WebApplicationBuilder>? configure = null, params string[] args)
    {
        var directory = new TempDirectory();
        var application = CollectorApplication.Create(
            ["--urls", "http://127.0.0.1:0", "--Collector:Storage:Path", StoreFile(directory), .. NoKafka, .. args],
            builder =>
            {
                builder.Logging.ClearProviders();
                // Without a broker it would never be ready; IngestionHealthCheckTests and CompletenessTests have those checks to themselves.
                builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
                {
                    if (args.Contains("--Collector:Kafka:ConnectionString"))
                        return;
                    foreach (var check in options.Registrations.Where(check => check.Name is "ingestion" or "completeness").ToList())
                        options.Registrations.Remove(check);
                });
                configure?.Invoke(builder);
            });
        await application.StartAsync();
        return new RunningCollector(directory, application);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _directory.Dispose();
    }

    private static string StoreFile(TempDirectory directory) => directory.File("store.duckdb");
}
