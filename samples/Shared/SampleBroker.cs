using Telemetry.Events.Testing;

namespace Telemetry.Samples;

/// <summary>
/// The brokers of KAFKA_DIRECT_URL, or an embedded one where it is not set, so that a sample runs by itself. A service has no such
/// thing: it calls <c>AddKafka()</c>, which reads the variable.
/// </summary>
internal sealed class SampleBroker : IAsyncDisposable
{
    private const string Variable = "KAFKA_DIRECT_URL";

    private readonly EmbeddedKafkaCluster? _embedded;

    private SampleBroker(string address, EmbeddedKafkaCluster? embedded) => (Address, _embedded) = (address, embedded);

    /// <summary>Where it is, as the variable has it.</summary>
    public string Address { get; }

    /// <param name="configuration">Holds the variable where it is set.</param>
    /// <param name="topics">The topics of the embedded broker; others must have them already.</param>
    public static SampleBroker Start(IConfiguration configuration, params IEnumerable<string> topics)
    {
        if (configuration[Variable] is { Length: > 0 } address)
            return new SampleBroker(address, null);
        var embedded = EmbeddedKafkaCluster.Start(
            new EmbeddedKafkaOptions { Topics = [.. topics.Select(topic => new EmbeddedKafkaTopic(topic))] });
        Console.WriteLine($"{Variable} is not set: embedded Kafka on {embedded.BootstrapServers}");
        return new SampleBroker(embedded.BootstrapServers, embedded);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
