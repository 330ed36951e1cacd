using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telemetry.Events.Kafka.Native;

namespace Telemetry.Events.Kafka;

/// <summary>Makes a transport's producer, and its successor after a fatal error: native where that is wanted and possible.</summary>
internal sealed class KafkaProducerFactory
{
    private readonly KafkaTransportOptions _options;
    private readonly AccessTokenRefresh? _tokens;
    private readonly TimeProvider _time;
    private readonly KafkaClientObserver _observer;
    private readonly SecretMask _secrets;

    /// <param name="options">The transport's options.</param>
    /// <param name="events">The publisher's options.</param>
    /// <param name="obstacle">Why the native path cannot be taken, where it cannot.</param>
    /// <param name="tokens">Fetches access tokens, where they come from the service.</param>
    /// <param name="statistics">Takes librdkafka's statistics.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The transport's log.</param>
    public KafkaProducerFactory(
        KafkaTransportOptions options,
        TelemetryEventsOptions events,
        string? obstacle,
        AccessTokenRefresh? tokens,
        KafkaStatistics statistics,
        TimeProvider time,
        ILogger logger)
    {
        _options = options;
        _tokens = tokens;
        _time = time;
        Config = KafkaProducerConfig.Create(options, events);
        _secrets = new SecretMask(Config);
        _observer = new KafkaClientObserver(logger, time, _secrets, statistics);
        IsNative = options.Client == KafkaClient.Native && obstacle is null;
        if (options.Client == KafkaClient.Native && obstacle is not null)
            logger.NativePathMissing(obstacle);
    }

    public ProducerConfig Config { get; }

    public bool IsNative { get; }

    /// <exception cref="OptionsValidationException">librdkafka does not know a property, or refuses its value.</exception>
    public IKafkaProducer Create()
    {
        try
        {
            return IsNative
                ? new NativeProducer(Settings(), _observer, _tokens, _time)
                : new ManagedProducer(Config, _options, _observer, _tokens, _time);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                KafkaTransportOptions.SectionName,
                typeof(KafkaTransportOptions),
                [$"librdkafka refuses the configuration: {_secrets.Mask(exception.Message)}. Correct the property in the connection string or in " +
                 $"{KafkaTransportOptions.SectionName}:Properties."]);
        }
    }

    private NativeProducerSettings Settings() => new(
        [
            .. Config,
            // Log lines then come with the other events, and not on stderr.
            new("log.queue", "true"),
            new("client.software.name", "Telemetry.Events.Kafka"),
            // Without end: the producer ends a batch itself, as a whole.
            new("message.timeout.ms", "0"),
        ],
        _options.TopicNames.AsReadOnly(),
        PlacesKeys: Config.Get("partitioner") == "murmur2_random",
        _options.ContentTypeHeader,
        DeliveryTimeout());

    private TimeSpan DeliveryTimeout()
    {
        // librdkafka knows the property by two names; the SDK sets the second. What is no number librdkafka refuses.
        var text = Config.Get("delivery.timeout.ms") ?? Config.Get("message.timeout.ms");
        return int.TryParse(text, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : Timeout.InfiniteTimeSpan;
    }
}
