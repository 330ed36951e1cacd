using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>Logs what a client of librdkafka says, without its secrets and without its repetitions. Safe for use from any thread.</summary>
internal sealed class KafkaClientObserver(ILogger logger, TimeProvider time, SecretMask secrets, KafkaStatistics statistics)
{
    private readonly RepeatedErrors _repeated = new(time);

    public void OnError(ErrorCode code, string text)
    {
        if (_repeated.LetThrough(code))
            logger.ProducerError(code, secrets.Mask(text));
    }

    public void OnFatal(ErrorCode code, string text) => logger.ProducerFatal(code, secrets.Mask(text));

    public void OnLog(string facility, string text)
    {
        if (logger.IsEnabled(LogLevel.Debug))
            logger.ClientLog(facility, secrets.Mask(text));
    }

    public void OnStatistics(ReadOnlySpan<byte> json)
    {
        if (!statistics.TryRead(json))
            logger.StatisticsUnreadable();
    }
}
