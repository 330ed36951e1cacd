using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Checks settings that need no broker.</summary>
internal static class PreflightSettings
{
    public static PreflightFinding TimeOuts(PreflightRequest request, ProducerConfig config)
    {
        const string Check = "time-outs";
        var delivery = TimeSpan.FromMilliseconds(config.MessageTimeoutMs ?? 0);
        // librdkafka's 0 is "for ever".
        return delivery == TimeSpan.Zero || delivery > request.ShutdownTimeout
            ? new(
                PreflightStatus.Warning,
                Check,
                $"An event may be tried for {(delivery == TimeSpan.Zero ? "ever" : $"{delivery.TotalSeconds:0.#} s")}, but shutdown ends after " +
                $"{request.ShutdownTimeout.TotalSeconds:0.#} s: what is not acknowledged by then is reported as unknown.",
                "Set DeliveryTimeout to at most ShutdownTimeout, or raise ShutdownTimeout.")
            : new(PreflightStatus.Ok, Check, $"An event is tried for {delivery.TotalSeconds:0.#} s, within the {request.ShutdownTimeout.TotalSeconds:0.#} s of shutdown.");
    }

    public static PreflightFinding Compression(ProducerConfig config)
    {
        var type = config.CompressionType ?? CompressionType.None;
        return type == CompressionType.None
            ? new(
                PreflightStatus.Warning, "compression", "Requests are not compressed.",
                "Set Compression, unless the brokers take none, as Event Hubs on its Standard tier does.")
            : new(PreflightStatus.Ok, "compression", $"Requests are compressed by {type}.");
    }
}
