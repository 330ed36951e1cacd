using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;

namespace Telemetry.Load.Kafka;

/// <summary>What is sent: charges of a thousand users.</summary>
internal static class Sample
{
    private const int Users = 1000;
    private const int Encoded = 10_000;

    public static WkfCpuCharge[] Events { get; } =
    [
        .. Enumerable.Range(0, Users).Select(i => new WkfCpuCharge($"user-{i:D5}", $"task-{i:D7}", 12.5m, 3.75, 4)),
    ];

    /// <summary>Ten thousand of them as the SDK encodes them, keys and bodies, ready to be sent; no two are the same.</summary>
    public static async Task<IReadOnlyList<ReceivedEvent>> EncodeAsync()
    {
        var transport = new InMemoryTransport();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<Telemetry.Events.Transport.IEventTransport>(transport);
        services.AddTelemetryEvents(options => options.ServiceName = "load");
        await using var provider = services.BuildServiceProvider();
        var publisher = provider.GetRequiredService<IEventPublisher>();
        for (var i = 0; i < Encoded; i++)
            await publisher.PublishAsync(Events[i % Users]);
        await publisher.FlushAsync(Timeout.InfiniteTimeSpan);
        return transport.Delivered;
    }
}
