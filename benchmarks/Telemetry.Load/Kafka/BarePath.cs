using System.Text;
using Confluent.Kafka;
using Telemetry.Events;
using Telemetry.Events.Testing;

namespace Telemetry.Load.Kafka;

/// <summary>Confluent.Kafka as its documentation shows it for speed: Produce with a delivery handler, on bytes that are ready.</summary>
internal sealed class BarePath : IKafkaPath
{
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly (byte[] Key, byte[] Body)[] _ready;
    private readonly Headers? _headers;
    private readonly Action<DeliveryReport<byte[], byte[]>> _handler;
    private readonly ManualResetEventSlim _done = new();
    private int _left;

    public BarePath(string address, LoadOptions options, IReadOnlyList<ReceivedEvent> ready)
    {
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = address,
            EnableIdempotence = true,
            Acks = Acks.All,
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = options.Linger,
            CompressionType = Enum.Parse<CompressionType>(options.Compression.ToString()),
        }).Build();
        _ready = [.. ready.Select(e => (Encoding.UTF8.GetBytes(e.Key!), e.Body.ToArray()))];
        _headers = options.Header ? new Headers { { "content-type", Encoding.ASCII.GetBytes(EnvelopeAttributes.ContentType) } } : null;
        _handler = OnDelivered;
    }

    public string Name => "Confluent.Kafka Produce + handler";

    public Task SendAsync(int events)
    {
        _left = events;
        _done.Reset();
        for (var i = 0; i < events; i++)
        {
            var (key, body) = _ready[i % _ready.Length];
            var message = new Message<byte[], byte[]> { Key = key, Value = body, Headers = _headers };
            while (!TryProduce(message))
                Thread.Sleep(1);
        }

        _done.Wait();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _producer.Dispose();
        _done.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool TryProduce(Message<byte[], byte[]> message)
    {
        try
        {
            _producer.Produce(BrokerProcess.Topic, message, _handler);
            return true;
        }
        catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    private void OnDelivered(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
            throw new KafkaException(report.Error);
        if (Interlocked.Decrement(ref _left) == 0)
            _done.Set();
    }
}
