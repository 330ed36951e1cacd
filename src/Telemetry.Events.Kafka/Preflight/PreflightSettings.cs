using Confluent.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Checks settings that need no broker.</summary>
internal static class PreflightSettings
{
    private const string AtShutdown = "what is not acknowledged by then stays in the spool, or is dropped and counted where there is none.";

    // Of a healthy broker in another region, with room for one attempt more.
    private static readonly TimeSpan ShortShutdown = TimeSpan.FromSeconds(1);

    public static PreflightFinding TimeOuts(PreflightRequest request, ProducerConfig config)
    {
        const string Check = "time-outs";
        var delivery = TimeSpan.FromMilliseconds(config.MessageTimeoutMs ?? 0);
        // librdkafka's 0 is "for ever".
        if (delivery == TimeSpan.Zero)
        {
            return new(
                PreflightStatus.Warning, Check,
                "message.timeout.ms is 0: an event is tried for ever, and an outage is never reported as a failed attempt.",
                "Remove message.timeout.ms from Properties and set DeliveryTimeout.");
        }

        return request.ShutdownTimeout < ShortShutdown
            ? new(
                PreflightStatus.Warning, Check,
                $"Shutdown ends after {Seconds(request.ShutdownTimeout)}, which an acknowledgement may take: {AtShutdown}",
                $"Raise TelemetryEvents:ShutdownTimeout to at least {Seconds(ShortShutdown)}.")
            : new(
                PreflightStatus.Ok, Check,
                $"An event is tried for {Seconds(delivery)} at a time; shutdown waits for {Seconds(request.ShutdownTimeout)}: {AtShutdown}");
    }

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.#} s";

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
