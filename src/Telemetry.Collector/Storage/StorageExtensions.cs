using Microsoft.Extensions.Options;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage.DuckDb;

namespace Telemetry.Collector.Storage;

/// <summary>Composes the store.</summary>
public static class StorageExtensions
{
    /// <summary>Adds <see cref="IRunStore"/>. The file is opened when the first service asks for it, at start-up.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="schedule">When runs are due.</param>
    public static WebApplicationBuilder AddCollectorStorage(
        this WebApplicationBuilder builder, Func<IServiceProvider, RunSchedule> schedule)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        builder.Services.AddSingleton<IRunStore>(services => DuckDbRunStore.Open(
            services.GetRequiredService<IOptions<StorageOptions>>().Value.Path, schedule(services)));
        return builder;
    }
}
