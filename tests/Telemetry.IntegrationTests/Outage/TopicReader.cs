using System.Text.Json;
using Confluent.Kafka;

namespace Telemetry.IntegrationTests.Outage;

/// <summary>Reads a topic from its beginning in the background, as a consumer that dedupes by id.</summary>
internal sealed class TopicReader : IAsyncDisposable
{
    private readonly Dictionary<string, int> _times = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public TopicReader(string bootstrapServers, string topic)
    {
        var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = Guid.NewGuid().ToString(),
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
        }).SetErrorHandler(static (_, _) => { }).Build();
        consumer.Subscribe(topic);
        _reading = Task.Run(() => Read(consumer));
    }

    /// <summary>How often each id came.</summary>
    public IReadOnlyDictionary<string, int> Times
    {
        get
        {
            lock (_times)
                return new Dictionary<string, int>(_times);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private void Read(IConsumer<byte[], byte[]> consumer)
    {
        using (consumer)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is not { IsPartitionEOF: false } record)
                        continue;
                    using var json = JsonDocument.Parse(record.Message.Value);
                    var id = json.RootElement.GetProperty("id").GetString()!;
                    lock (_times)
                        _times[id] = _times.GetValueOrDefault(id) + 1;
                }
                catch (ConsumeException)
                {
                    // The broker is down; librdkafka goes on trying.
                }
            }

            consumer.Close();
        }
    }
}
