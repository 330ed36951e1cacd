using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Reads topics and hands events to a handler. Offsets are committed behind what is handled, so that a crash repeats events and never
/// skips one.
/// </summary>
/// <remarks>
/// <para>In a host, <c>AddTelemetryEventConsumer</c> makes and runs it. Without one: create it, <see cref="RunAsync"/> it, dispose
/// it.</para>
/// <para>When the broker moves a partition to another consumer of the group, it is held back until the handler has finished what it
/// has of it, or <see cref="EventConsumerOptions.RebalanceTimeout"/> is over; what is not handled then is read again over there.
/// While a handler is slow, no more is read: memory holds one batch and what librdkafka has fetched ahead.</para>
/// </remarks>
public sealed class EventConsumer : IDisposable
{
    private readonly ConsumerMetrics _metrics;
    private readonly bool _ownsMetrics;
    private readonly EventConsumerProgress _progress;
    private readonly AccessTokenRefresh? _tokens;
    private readonly ConsumerLoop _loop;
    private readonly IConsumer<byte[], byte[]> _client;
    private int _started;

    /// <summary>Makes a consumer. It connects, but reads nothing before <see cref="RunAsync"/>.</summary>
    /// <param name="name">Its name, for logs and metrics.</param>
    /// <param name="options">What to read and how. Not to be changed afterwards.</param>
    /// <param name="handler">Handles what is read; an <see cref="EventDispatcher"/>, or a handler of batches.</param>
    /// <param name="loggers">Where to log; null for nowhere.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="OptionsValidationException">An option is wrong; the message says what to change and masks secrets.</exception>
    public EventConsumer(
        string name,
        EventConsumerOptions options,
        IConsumedBatchHandler handler,
        ILoggerFactory? loggers = null,
        TimeProvider? time = null)
        : this(name, Checked(name, options), handler, metrics: null, loggers, time)
    {
    }

    internal EventConsumer(
        string name,
        EventConsumerOptions options,
        IConsumedBatchHandler handler,
        ConsumerMetrics? metrics,
        ILoggerFactory? loggers,
        TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(handler);
        time ??= TimeProvider.System;
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Telemetry.Events.Kafka.Consumer");
        _ownsMetrics = metrics is null;
        _metrics = metrics ?? new ConsumerMetrics();
        _progress = new EventConsumerProgress(name, time);
        _tokens = options.AccessTokenProvider is { } provider ? new AccessTokenRefresh(provider, time, logger) : null;
        var runner = new BatchRunner(handler, options, _progress, _metrics, time, logger);
        _loop = new ConsumerLoop(options, runner, _progress, time, logger);
        _client = ConsumerClient.Create(options, _loop, _progress, _tokens, time, logger);
    }

    /// <summary>Its name.</summary>
    public string Name => _progress.Name;

    /// <summary>Reads until it is told to stop. It may be called once.</summary>
    /// <param name="stopping">
    /// Ends reading: the handler may finish within <see cref="EventConsumerOptions.ShutdownTimeout"/>, what is handled is committed, and
    /// the group is left.
    /// </param>
    /// <returns>A task that ends after that; cancellation is no exception here.</returns>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    /// <exception cref="KafkaException">
    /// The client has failed for good, as one does that another with its <c>group.instance.id</c> has fenced off.
    /// </exception>
    public Task RunAsync(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("An EventConsumer runs once. Create another one.");
        _metrics.Add(_progress);
        // Its own thread: reading blocks.
        return Task.Factory.StartNew(
            () => _loop.Run(_client, stopping),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }

    /// <summary>How far it has come. From any thread, at any time.</summary>
    public EventConsumerStatus GetStatus() => _progress.Take();

    /// <summary>Frees the client. Call it after <see cref="RunAsync"/> has ended; a running consumer is not stopped by it.</summary>
    public void Dispose()
    {
        _metrics.Remove(_progress);
        _tokens?.Dispose();
        _loop.Dispose();
        // One that ran was disposed at its end, on the thread that used it.
        if (Interlocked.Exchange(ref _started, 1) == 0)
            _client.Dispose();
        if (_ownsMetrics)
            _metrics.Dispose();
    }

    private static EventConsumerOptions Checked(string name, EventConsumerOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(options);
        var validator = new EventConsumerOptionsValidator(Environment.GetEnvironmentVariable);
        validator.PostConfigure(name, options);
        var result = validator.Validate(name, options);
        return result.Failed ? throw new OptionsValidationException(name, typeof(EventConsumerOptions), result.Failures) : options;
    }
}
