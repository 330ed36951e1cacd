using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>
/// Encodes payloads by the real publisher, so that the double shows the bytes that consumers get and refuses what production
/// refuses. One for the process: it holds nothing between two calls.
/// </summary>
internal static class PayloadEncoder
{
    private static readonly Lazy<(IEventPublisher Publisher, CapturingTransport Transport)> Real = new(Create);

    /// <summary>Encodes on the caller's thread, and waits for the bytes.</summary>
    /// <returns><see cref="RefusalReason.None"/>, or why the real publisher refuses the event.</returns>
    public static RefusalReason TryEncode<TData>(EventDescriptor descriptor, in TData data, out EncodedPayload encoded)
        where TData : IEventData
    {
        var (publisher, transport) = Real.Value;
        // Of class Usage whatever it is: what other classes promise, such as a place on disk, is nothing to do with its bytes.
        var kind = new EventDescriptor(descriptor.Name, descriptor.Topic, DeliveryClass.Usage);
        var receipt = publisher.ConfirmAsync(kind, data).AsTask().GetAwaiter().GetResult();
        if (!receipt.IsDelivered)
        {
            encoded = default;
            return receipt.Reason == "too_large" ? RefusalReason.TooLarge : RefusalReason.InvalidPayload;
        }

        var envelope = transport.Take(receipt.EventId);
        encoded = new EncodedPayload(
            receipt.EventId,
            envelope.GetAttribute(EnvelopeAttributes.Subject),
            envelope.GetAttribute(EnvelopeAttributes.PartitionKey),
            envelope.Data);
        return RefusalReason.None;
    }

    private static (IEventPublisher Publisher, CapturingTransport Transport) Create()
    {
        var transport = new CapturingTransport();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        services.AddSingleton<IEventTransport>(transport);
        services.AddTelemetryEvents();
        // Never disposed: it is idle between two calls and ends with the process.
        return (services.BuildServiceProvider().GetRequiredService<IEventPublisher>(), transport);
    }

    // All of the context is set, so that the variables of the machine that runs the tests play no part.
    private static Dictionary<string, string?> Settings => new()
    {
        ["TelemetryEvents:ServiceName"] = "in-memory",
        ["TelemetryEvents:BatchDelay"] = "00:00:00",
        ["TelemetryEvents:Context:TenantId"] = Guid.Empty.ToString(),
        ["TelemetryEvents:Context:NodeId"] = Guid.Empty.ToString(),
        ["TelemetryEvents:Context:VmType"] = "none",
        ["TelemetryEvents:Context:HostName"] = "none",
        ["TelemetryEvents:Context:StorageSize"] = "none",
        ["TelemetryEvents:Context:StorageType"] = "none",
    };
}
