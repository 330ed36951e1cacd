using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Sends events by librdkafka's idempotent producer with acks=all, and reports each one's acknowledgement.</summary>
internal sealed class KafkaTransport : IEventTransport
{
    public const string DefaultName = "kafka";

    // How long to wait for room in librdkafka's own queue before asking again.
    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetireTimeout = TimeSpan.FromSeconds(10);
    private static readonly byte[] ContentType = Encoding.ASCII.GetBytes(EnvelopeAttributes.ContentType);

    private readonly ProducerConfig _config;
    private readonly IReadOnlyDictionary<string, string> _topicNames;
    private readonly RepeatedErrors _repeated;
    private readonly AccessTokenRefresh? _accessTokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private IProducer<byte[]?, byte[]> _producer;
    private volatile bool _fatal;

    /// <exception cref="OptionsValidationException">librdkafka does not know a property, or refuses its value.</exception>
    public KafkaTransport(
        string name, KafkaTransportOptions options, TelemetryEventsOptions events, TimeProvider time, ILoggerFactory? loggers = null)
    {
        Name = name;
        _time = time;
        _repeated = new RepeatedErrors(time);
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events.Kafka");
        _topicNames = options.TopicNames.AsReadOnly();
        _accessTokens = options.AccessTokenProvider is { } provider ? new AccessTokenRefresh(provider, time, _logger) : null;
        _config = KafkaProducerConfig.Create(options, events);
        try
        {
            _producer = Build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                KafkaTransportOptions.SectionName,
                typeof(KafkaTransportOptions),
                [$"librdkafka refuses the configuration: {exception.Message}. Correct the property in the connection string or in " +
                 $"{KafkaTransportOptions.SectionName}:Properties."]);
        }
    }

    public string Name { get; }

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (batch.IsEmpty)
            return;

        var producer = CurrentProducer();
        var pending = new KafkaBatch(outcomes);
        // Registered first: a full queue below may hold us until shutdown's time is out.
        await using var closing = cancellationToken.UnsafeRegister(static state => ((KafkaBatch)state!).Close(), pending).ConfigureAwait(false);
        for (var i = 0; i < batch.Length && !pending.Completion.IsCompleted; i++)
        {
            while (!TryProduce(producer, batch.Span[i], pending, i))
                await WaitForRoomAsync(pending).ConfigureAwait(false);
        }

        await pending.Completion.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _accessTokens?.Dispose();
        lock (_gate)
            _producer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>False where librdkafka's queue is full: that means "wait", not "fail".</returns>
    private bool TryProduce(IProducer<byte[]?, byte[]> producer, in OutgoingEvent outgoing, KafkaBatch pending, int index)
    {
        if (pending.Completion.IsCompleted)
            return true;
        try
        {
            var message = new Message<byte[]?, byte[]>
            {
                Key = outgoing.Key.IsEmpty ? null : ToArray(outgoing.Key),
                Value = ToArray(outgoing.Body),
                Headers = [new Header("content-type", ContentType)],
            };
            producer.Produce(_topicNames.GetValueOrDefault(outgoing.Topic, outgoing.Topic), message, pending.HandlerFor(index));
            return true;
        }
        catch (ProduceException<byte[]?, byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
        catch (KafkaException exception)
        {
            pending.Set(index, KafkaOutcomes.From(exception.Error));
            return true;
        }
    }

    private async Task WaitForRoomAsync(KafkaBatch pending)
    {
        try
        {
            await pending.Completion.WaitAsync(QueueFullPause, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing to do: the pause is over.
        }
    }

    /// <summary>
    /// After a fatal error an idempotent producer refuses everything (librdkafka issue 3584); the publisher sends what was
    /// not acknowledged again, under the same ids, by a new one.
    /// </summary>
    private IProducer<byte[]?, byte[]> CurrentProducer()
    {
        lock (_gate)
        {
            if (_fatal)
            {
                var broken = _producer;
                _fatal = false;
                _producer = Build();
                // In the background: another delivery class may still wait for its reports from the broken one, and librdkafka
                // hands those out, all failed, only while someone polls it.
                _ = Task.Run(() => Retire(broken));
                _logger.ProducerRebuilt();
            }

            return _producer;
        }
    }

    private static void Retire(IProducer<byte[]?, byte[]> producer)
    {
        producer.Flush(RetireTimeout);
        producer.Dispose();
    }

    private IProducer<byte[]?, byte[]> Build()
    {
        var builder = new ProducerBuilder<byte[]?, byte[]>(_config)
            .SetErrorHandler((_, error) =>
            {
                _fatal |= error.IsFatal;
                if (error.IsFatal)
                    _logger.ProducerFatal(error.Code, error.Reason);
                else if (_repeated.LetThrough(error.Code))
                    _logger.ProducerError(error.Code, error.Reason);
            })
            .SetLogHandler((_, message) => _logger.ClientLog(message.Facility, message.Message));
        if (_accessTokens is { } tokens)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => tokens.Start(
                token => client.OAuthBearerSetToken(token.Value, token.ExpiresAt.ToUnixTimeMilliseconds(), token.PrincipalName),
                client.OAuthBearerSetTokenFailure));
        }

        return builder.Build();
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();
}
