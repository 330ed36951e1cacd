using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.QuotaLoad;

/// <summary>Charges as the SDK sends them, with all six attributes of the machine.</summary>
internal static class SdkEvents
{
    public static async Task<byte[][]> CreateAsync(string[] users, int count)
    {
        var values = new List<byte[]>(count);
        var transport = new InMemoryTransport((outgoing, _) =>
        {
            lock (values)
                values.Add(outgoing.Body.ToArray());
            return DeliveryOutcome.Delivered();
        });
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options =>
        {
            options.ServiceName = "quota-load";
            options.Context.TenantId = Guid.NewGuid().ToString();
            options.Context.NodeId = Guid.NewGuid().ToString();
            options.Context.VmType = "NV6";
            options.Context.HostName = "node-17.example";
            options.Context.StorageSize = "512";
            options.Context.StorageType = "ssd";
        }).UseInMemory(transport);
        await using var provider = services.BuildServiceProvider();
        var publisher = provider.GetRequiredService<IEventPublisher>();
        for (var i = 0; i < count; i++)
        {
            var charge = new WkfCpuCharge(users[i % users.Length], $"task-{i % 5000}", 0.125m + (i % 100 / 1000m), 12.5, 1.75);
            await publisher.PublishAsync(charge);
        }

        await publisher.FlushAsync(TimeSpan.FromMinutes(1));
        lock (values)
            return [.. values];
    }
}
