using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Ingestion;

/// <summary>The same records twice: in the topic, as the SDK has published them, and in a file, one a line.</summary>
internal static class Records
{
    public const string Topic = "wkf_cpu";

    public static async Task PublishAsync(string brokers, int count)
    {
        await using var events = TelemetryEvents.Create(builder => builder.AddKafka(options => options.ConnectionString = brokers));
        for (var i = 0; i < count; i++)
        {
            if (await events.Publisher.PublishAsync(new WkfCpuCharge($"user-{i % 10_000}", $"task-{i}", 0.1m, 1.5, 2)) is { IsAccepted: false } refused)
                throw new InvalidOperationException(refused.ToString());
        }

        var ledger = await events.Publisher.FlushAsync(TimeSpan.FromMinutes(2));
        if (ledger.InFlight > 0)
            throw new InvalidOperationException($"Not published in two minutes: {ledger}");
    }

    /// <summary>Reads the topic from its beginning into a file.</summary>
    /// <returns>The number of records, which is less than published where the embedded broker has forgotten some.</returns>
    public static int Save(string brokers, int partitions, string file)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig { BootstrapServers = brokers, GroupId = "save", EnablePartitionEof = true }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(Topic, partition, Offset.Beginning)));
        using var lines = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 20);
        var (count, ended) = (0, new HashSet<int>());
        while (ended.Count < partitions)
        {
            var result = consumer.Consume();
            if (result.IsPartitionEOF)
            {
                ended.Add(result.Partition);
                continue;
            }

            lines.Write(Encoding.UTF8.GetString(result.Message.Value));
            lines.Write('\n');
            count++;
        }

        return count;
    }
}
