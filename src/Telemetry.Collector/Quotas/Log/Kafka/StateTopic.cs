using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Quotas.Log.Kafka;

/// <summary>What there is to know of the topic. Safe for use from any thread.</summary>
internal sealed class StateTopic(string connectionString, string name) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Lazy<IAdminClient> _client = new(() =>
        new AdminClientBuilder(KafkaConnectionString.Parse(connectionString).ToClientConfig()).SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build());

    private volatile int _partitions;

    public string Name => name;

    public string ConnectionString => connectionString;

    /// <summary>How many partitions it has. The first answer holds: with another count an owner's records would be elsewhere.</summary>
    /// <exception cref="StateLogException">It is not there, or Kafka does not answer.</exception>
    public ValueTask<int> CountPartitionsAsync() => _partitions > 0 ? new(_partitions) : new(Task.Run(CountPartitions));

    /// <exception cref="StateLogException">It is not there, or Kafka does not answer.</exception>
    public int CountPartitions()
    {
        if (_partitions > 0)
            return _partitions;
        try
        {
            // All topics: asking for one of them could create it.
            var found = _client.Value.GetMetadata(Timeout).Topics.Find(topic => topic.Topic == name);
            if (found is null || found.Error.Code == ErrorCode.UnknownTopicOrPart)
            {
                throw new StateLogException(
                    $"The topic {name} does not exist. Create it with cleanup.policy=compact, or set {QuotaOptionsSection}:StateTopic to the one that is meant.", isOutcomeUnknown: false);
            }

            if (found.Error.IsError)
                throw new StateLogException($"The topic {name} cannot be used: {found.Error.Reason}.", isOutcomeUnknown: false);
            return _partitions = found.Partitions.Count;
        }
        catch (KafkaException exception)
        {
            throw new StateLogException($"Kafka does not tell the partitions of {name}: {exception.Error.Reason}.", isOutcomeUnknown: false, exception);
        }
    }

    /// <summary>Refuses a topic that forgets; one whose settings the brokers do not show is trusted.</summary>
    /// <exception cref="StateLogException">It is not compacted.</exception>
    public void CheckPolicy()
    {
        try
        {
            var settings = _client.Value.DescribeConfigsAsync(
                [new ConfigResource { Type = ResourceType.Topic, Name = name }], new DescribeConfigsOptions { RequestTimeout = Timeout }).GetAwaiter().GetResult();
            if (settings[0].Entries.TryGetValue("cleanup.policy", out var policy) && policy.Value != "compact")
            {
                throw new StateLogException(
                    $"The topic {name} has cleanup.policy={policy.Value}: it would forget limits and reservations. Set it to compact.", isOutcomeUnknown: false);
            }
        }
        catch (KafkaException)
        {
            // Not every user may see a topic's settings, nor does every broker show them.
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private const string QuotaOptionsSection = "Collector:Quota";
}
