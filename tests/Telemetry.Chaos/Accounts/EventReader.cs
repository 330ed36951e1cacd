using Confluent.Kafka;
using Telemetry.Chaos.Events;

namespace Telemetry.Chaos.Accounts;

/// <summary>The consumer: reads every partition from its first record on, and guards that the broker has forgotten none of them.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly ChaosAccount _account;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private readonly List<TopicPartition> _partitions = [.. ChaosTopics.Classes.SelectMany(delivery =>
        Enumerable.Range(0, ChaosTopics.Partitions).Select(partition => new TopicPartition(ChaosTopics.TopicOf(delivery), partition)))];

    // The next offset of each partition. Written by the reading thread.
    private readonly Dictionary<TopicPartition, long> _next = [];
    private readonly Lock _gate = new();

    public EventReader(string brokers, ChaosAccount account)
    {
        _account = account;
        _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = brokers,
            GroupId = "chaos",
            EnableAutoCommit = false,
            // Records that were forgotten must not be passed over in silence: the account would call them lost.
            AutoOffsetReset = AutoOffsetReset.Error,
            ReconnectBackoffMs = 20,
            ReconnectBackoffMaxMs = 100,
            FetchWaitMaxMs = 50,
            FetchErrorBackoffMs = 20,
            TopicMetadataRefreshIntervalMs = 1000,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _consumer.Assign(_partitions.Select(partition => new TopicPartitionOffset(partition, 0)));
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Returns when everything that the broker holds was read.</summary>
    /// <exception cref="TimeoutException">That did not come to pass.</exception>
    public async Task WhenCaughtUpAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await Task.Run(IsCaughtUp))
        {
            if (_reading.IsFaulted)
                await _reading;
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new TimeoutException("The consumer does not reach the end of the topics.");
            await Task.Delay(20);
        }
    }

    /// <summary>Ends reading, and throws what ended it before.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _reading;
    }

    public void Dispose()
    {
        // The client must not go while its thread is in it; what ended that thread has been told, or something worse has.
        _end.Cancel();
        ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne();
        _consumer.Dispose();
        _end.Dispose();
    }

    private bool IsCaughtUp() => _partitions.All(partition =>
    {
        try
        {
            var end = _consumer.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(5)).High.Value;
            lock (_gate)
                return _next.GetValueOrDefault(partition) >= end;
        }
        catch (KafkaException)
        {
            return false;
        }
    });

    private void Read()
    {
        while (!_end.IsCancellationRequested)
        {
            ConsumeResult<byte[], byte[]>? record;
            try
            {
                record = _consumer.Consume(TimeSpan.FromMilliseconds(50));
            }
            catch (ConsumeException exception) when (exception.Error.Code != ErrorCode.Local_AutoOffsetReset)
            {
                // The broker is down, or slow; the client goes on by itself.
                continue;
            }

            if (record is null)
                continue;
            lock (_gate)
            {
                var expected = _next.GetValueOrDefault(record.TopicPartition);
                if (record.Offset.Value != expected)
                    throw new InvalidDataException($"{record.TopicPartition} goes on at {record.Offset.Value} instead of {expected}: the embedded broker forgot records; lower --rate.");
                _next[record.TopicPartition] = expected + 1;
            }

            _account.Arrive(record.Topic, record.Message.Key, record.Message.Value);
        }
    }
}
