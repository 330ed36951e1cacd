namespace Telemetry.Collector.Hosting;

/// <summary>How the process listens, logs its start and stops.</summary>
internal static class HostingExtensions
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>To be called last: it looks at the configuration as the others left it.</summary>
    public static void AddCollectorHosting(this WebApplicationBuilder builder)
    {
        if (ListenAddresses.Configured(builder.Configuration).Count == 0)
            builder.WebHost.UseUrls(ListenAddresses.Default);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);

        var log = new StartupLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", log.Passes);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", log.Passes);
    }

    public static void UseCollectorHosting(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<StartupLog>().Open);
}
