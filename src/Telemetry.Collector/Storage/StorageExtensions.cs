using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage.ClickHouse;
using Telemetry.Collector.Storage.DuckDb;

namespace Telemetry.Collector.Storage;

/// <summary>Composes the store.</summary>
public static class StorageExtensions
{
    /// <summary>
    /// Adds <see cref="IRunStore"/>. A file is opened when the first service asks for it, at start-up; tables in ClickHouse are made
    /// before the services that use them start. Needs the options of measuring.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="schedule">When runs are due.</param>
    public static WebApplicationBuilder AddCollectorStorage(
        this WebApplicationBuilder builder, Func<IServiceProvider, RunSchedule> schedule)
    {
        var services = builder.Services;
        services.AddStorageOptions();
        if (StorageOptionsSetup.ModeOf(builder.Configuration) == StorageMode.ClickHouse)
        {
            services.AddSingleton<StoreSchema>();
            services.AddSingleton(provider => new ClickHouseTables(
                provider.GetRequiredService<ClickHouseDatabase>(),
                provider.GetRequiredService<StoreSchema>().Components,
                provider.GetRequiredService<ILogger<ClickHouseTables>>()));
            services.AddHostedService(provider => provider.GetRequiredService<ClickHouseTables>());
            services.AddSingleton<IRunStore>(provider => new ClickHouseRunStore(provider.GetRequiredService<ClickHouseTables>(), schedule(provider)));
            return builder;
        }

        services.AddSingleton(provider => DuckDbRunStore.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.Path, schedule(provider)));
        services.AddSingleton<IRunStore>(provider => provider.GetRequiredService<DuckDbRunStore>());
        services.AddHostedService<RunRetention>();
        return builder;
    }

    /// <summary>Adds the options of storage and of ClickHouse, checked at start-up.</summary>
    internal static IServiceCollection AddStorageOptions(this IServiceCollection services)
    {
        services.AddClickHouse();
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<StorageOptions>, StorageOptionsSetup>();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsSetup>();
        return services;
    }
}
