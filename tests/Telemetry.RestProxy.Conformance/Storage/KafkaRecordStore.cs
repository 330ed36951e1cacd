using System.Text;
using Confluent.Kafka;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>Stores records in a Kafka cluster with one producer, and reports where the broker put them.</summary>
internal sealed class KafkaRecordStore : IRecordStore
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);

    private readonly RestDialect _dialect;
    private readonly TimeProvider _timeProvider;
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly IAdminClient _admin;

    public KafkaRecordStore(string bootstrapServers, RestProxyServerOptions options)
    {
        _dialect = options.Dialect;
        _timeProvider = options.TimeProvider;
        var config = new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            Acks = Acks.All,
            // The Java client's placement, which the real proxies use.
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = 1,
            // Keeps the order of a partition over retries without an idempotent producer's fatal errors.
            MaxInFlight = 1,
            MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds,
            MessageMaxBytes = 64 * 1024 * 1024,
            QueueBufferingMaxMessages = 1_000_000,
            AllowAutoCreateTopics = options.AutoCreateTopics,
            // How long a producer hopes for a topic that the cluster does not know.
            TopicMetadataPropagationMaxMs = 2_000,
        };
        _producer = new ProducerBuilder<byte[]?, byte[]?>(config).SetLogHandler((_, _) => { }).Build();
        _admin = new DependentAdminClientBuilder(_producer.Handle).Build();
    }

    // The embedded cluster knows no DescribeCluster, so that there is no id to ask for.
    public string ClusterId => "embedded-cluster";

    public async ValueTask StoreAsync(string topic, RecordBatch batch, int count)
    {
        if (count == 0)
            return;

        var now = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var delivery = new BatchDelivery(_dialect, topic, batch, count);
        for (var position = 0; position < count; position++)
        {
            if (batch.At(position).Failure is not null)
            {
                delivery.Skip();
                continue;
            }

            // The proxies stamp what the client did not, so that their reply can tell the time.
            if (batch.At(position).Timestamp == 0)
                batch.At(position).Timestamp = now;
            var target = new TopicPartition(topic, batch.At(position).Partition);
            try
            {
                var at = position;
                _producer.Produce(target, ToMessage(batch, batch.At(position)), report => delivery.Report(at, report));
            }
            catch (ProduceException<byte[]?, byte[]?> refused)
            {
                delivery.Fail(position, refused.Error.Code);
            }
        }

        await delivery.Completion;
    }

    public IReadOnlyList<TopicDescription> ListTopics() =>
    [
        .. _admin.GetMetadata(MetadataTimeout).Topics.OrderBy(topic => topic.Topic, StringComparer.Ordinal)
            .Select(topic => new TopicDescription(topic.Topic,
            [
                .. topic.Partitions.OrderBy(partition => partition.PartitionId).Select(partition => new PartitionDescription(
                    partition.PartitionId, partition.Leader, partition.Replicas, partition.InSyncReplicas)),
            ])),
    ];

    public void Dispose()
    {
        _admin.Dispose();
        _producer.Dispose();
    }

    private static Message<byte[]?, byte[]?> ToMessage(RecordBatch batch, in ProduceRecord record)
    {
        var message = new Message<byte[]?, byte[]?>
        {
            Key = record.Key.IsNull ? null : record.Key.In(batch.Buffer).ToArray(),
            Value = record.Value.IsNull ? null : record.Value.In(batch.Buffer).ToArray(),
            Timestamp = new Timestamp(record.Timestamp, TimestampType.CreateTime),
        };
        if (record.HeaderCount > 0)
        {
            message.Headers = [];
            foreach (var header in batch.HeadersOf(record))
            {
                message.Headers.Add(
                    Encoding.UTF8.GetString(header.Name.In(batch.Buffer)),
                    header.Value.IsNull ? null : header.Value.In(batch.Buffer).ToArray());
            }
        }

        return message;
    }
}
