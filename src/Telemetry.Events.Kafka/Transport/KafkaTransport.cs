using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Events.Kafka.Native;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka;

/// <summary>Sends events by librdkafka's idempotent producer with acks=all, and reports each one's acknowledgement.</summary>
internal sealed class KafkaTransport : IEventTransport, ITransportPreflight, IDisposable
{
    public const string DefaultName = "kafka";

    private readonly KafkaTransportOptions _options;
    private readonly KafkaProducerFactory _factory;
    private readonly KafkaStatistics _statistics = new();
    private readonly AccessTokenRefresh? _accessTokens;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<Task> _retiring = [];
    private IKafkaProducer _producer;

    /// <exception cref="OptionsValidationException">librdkafka does not know a property, or refuses its value.</exception>
    public KafkaTransport(
        string name,
        KafkaTransportOptions options,
        TelemetryEventsOptions events,
        TimeProvider time,
        ILoggerFactory? loggers = null,
        IMeterFactory? meters = null)
    {
        Name = name;
        _options = options;
        _time = time;
        _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events.Kafka");
        _accessTokens = options.AccessTokenProvider is { } provider ? new AccessTokenRefresh(provider, time, _logger) : null;
        _factory = new KafkaProducerFactory(
            options, events, LibRdKafkaLocation.Obstacle(), _accessTokens, _statistics, time, _logger);
        _producer = _factory.Create();
        Metrics = new KafkaMetrics(name, _statistics, meters);
    }

    public string Name { get; }

    // A batch waits for its slowest partition: the other one keeps librdkafka and the broker at work meanwhile.
    public SendParallelism Parallelism { get; } = new(2, int.MaxValue);

    public KafkaMetrics Metrics { get; }

    public async ValueTask SendAsync(
        ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (batch.IsEmpty)
            return;
        var producer = CurrentProducer();
        await producer.SendAsync(batch, outcomes, cancellationToken).ConfigureAwait(false);
        var alone = await OversizedRequests.SendAloneAsync(producer, batch, outcomes, cancellationToken).ConfigureAwait(false);
        if (alone > 1)
            _logger.RequestTooLarge(alone);
    }

    public IAsyncEnumerable<PreflightFinding> CheckAsync(PreflightRequest request, CancellationToken cancellationToken = default) =>
        new KafkaPreflight(_options, _factory.Config, _time, _logger).CheckAsync(request, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _accessTokens?.Dispose();
        Metrics.Dispose();
        await CurrentOrFailed().DisposeAsync().ConfigureAwait(false);
        Task[] retiring;
        lock (_gate)
            retiring = [.. _retiring];
        await Task.WhenAll(retiring).ConfigureAwait(false);
    }

    // A container that is disposed synchronously would throw for one that cannot be.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>The producer; a new one where the last has failed for good. What it has not acknowledged is sent again, under the same ids.</summary>
    private IKafkaProducer CurrentProducer()
    {
        lock (_gate)
        {
            if (_producer.HasFailed)
            {
                var broken = _producer;
                _producer = _factory.Create();
                _statistics.OnReplaced();
                // In the background: another delivery class may still wait for its reports from the broken one.
                _retiring.RemoveAll(static task => task.IsCompleted);
                _retiring.Add(Task.Run(() => broken.RetireAsync().AsTask()));
                _logger.ProducerRebuilt();
            }

            return _producer;
        }
    }

    private IKafkaProducer CurrentOrFailed()
    {
        lock (_gate)
            return _producer;
    }
}
