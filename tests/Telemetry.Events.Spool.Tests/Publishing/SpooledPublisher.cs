using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Spool.Tests.Publishing;

/// <summary>A publisher over a spool in a directory, as a service would have it. Disposed, it shuts down as a service does.</summary>
internal sealed class SpooledPublisher : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _services;

    public SpooledPublisher(
        IEventTransport transport,
        string? directory,
        Action<TelemetryEventsOptions>? configure = null,
        Action<SpoolOptions>? configureSpool = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(transport);
        var builder = services.AddTelemetryEvents(options =>
        {
            options.ServiceName = "tests";
            options.RetryDelay = TimeSpan.FromMilliseconds(5);
            options.RetryMaxDelay = TimeSpan.FromMilliseconds(20);
            options.ShutdownTimeout = Patience;
            configure?.Invoke(options);
        });
        if (directory is not null)
        {
            builder.AddSpool(options =>
            {
                options.Directory = directory;
                configureSpool?.Invoke(options);
            });
        }

        _services = services.BuildServiceProvider();
        Events = _services.GetRequiredService<IEventPublisher>();
    }

    public IEventPublisher Events { get; }

    public DeliveryClassLedger Audit => Events.GetLedger()[DeliveryClass.Audit];

    public DeliveryClassLedger Usage => Events.GetLedger()[DeliveryClass.Usage];

    /// <summary>The account after the shutdown.</summary>
    public async Task<LedgerSnapshot> StopAsync()
    {
        await DisposeAsync();
        return Events.GetLedger();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    public async Task<LedgerSnapshot> WaitForAsync(Func<LedgerSnapshot, bool> condition)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            var ledger = Events.GetLedger();
            if (condition(ledger))
                return ledger;
            Assert.True(DateTime.UtcNow < deadline, $"It did not come to that: {ledger}");
            await Task.Delay(5);
        }
    }
}
