using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Ingestion;

/// <summary>Builds the consumer with what the promise about offsets rests on.</summary>
internal sealed class RunEventConsumerFactory(
    IOptions<IngestionOptions> options, IngestionProgress progress, TimeProvider time, ILogger<RunEventConsumer> logger)
{
    private readonly RepeatedErrors _repeated = new(time);

    /// <exception cref="OptionsValidationException">librdkafka refuses a property of the connection string.</exception>
    public IConsumer<byte[], byte[]> Create()
    {
        try
        {
            return Build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                IngestionOptions.SectionName,
                typeof(IngestionOptions),
                [$"librdkafka refuses the configuration: {exception.Message}. Correct the property in the connection string."]);
        }
    }

    private IConsumer<byte[], byte[]> Build()
    {
        var settings = options.Value;
        var config = new ConsumerConfig(KafkaConnectionString.Parse(settings.ConnectionString).ToClientConfig())
        {
            GroupId = settings.GroupId,
            ClientId = "telemetry-collector",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            AllowAutoCreateTopics = false,
            SocketKeepaliveEnable = true,
        };
        return new ConsumerBuilder<byte[], byte[]>(config)
            .SetErrorHandler((_, error) =>
            {
                if (_repeated.LetThrough(error.Code))
                    logger.ClientError(error.Code, error.Reason);
                progress.Failed($"Kafka: {error.Reason}");
            })
            .SetLogHandler((_, message) => logger.ClientLog(message.Facility, message.Message))
            .SetPartitionsAssignedHandler((consumer, added) => Changed(consumer.Assignment.Count + added.Count))
            .SetPartitionsRevokedHandler((consumer, removed) => Changed(consumer.Assignment.Count - removed.Count))
            .SetPartitionsLostHandler((consumer, removed) => Changed(consumer.Assignment.Count - removed.Count))
            .Build();
    }

    // Within the handlers the assignment is still the one before the change.
    private void Changed(int partitions)
    {
        progress.SetAssigned(partitions);
        logger.AssignmentChanged(partitions);
    }
}
