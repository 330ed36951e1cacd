using System.Globalization;
using Confluent.Kafka;
using Telemetry.Chaos.Events;
using Telemetry.Events.Testing;

namespace Telemetry.Chaos.Broker;

/// <summary>The process that the brokers run in. It does what it is told line by line, answers each line, and ends with its input.</summary>
internal static class BrokerHost
{
    public const string Done = "ok";

    // All of them pass, and none says that the records were stored. A real broker sends each of them.
    private static readonly ErrorCode[] Storm =
    [
        ErrorCode.NotLeaderForPartition, ErrorCode.NotEnoughReplicas, ErrorCode.RequestTimedOut, ErrorCode.LeaderNotAvailable,
        ErrorCode.Local_Transport,
    ];

    public static int Run()
    {
        using var cluster = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions
        {
            Topics = [.. ChaosTopics.Classes.Select(delivery => new EmbeddedKafkaTopic(ChaosTopics.TopicOf(delivery), ChaosTopics.Partitions))],
        });
        Console.WriteLine(cluster.BootstrapServers);
        while (Console.ReadLine() is { } line)
        {
            Do(cluster, line.Split(' '));
            Console.WriteLine(Done);
        }

        return 0;
    }

    private static void Do(EmbeddedKafkaCluster cluster, string[] words)
    {
        switch (words)
        {
            case ["down"]:
                cluster.TakeAllBrokersDown();
                break;
            case ["up"]:
                cluster.BringAllBrokersUp();
                break;
            case ["slow", var milliseconds]:
                cluster.SetRoundTripTime(TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)));
                break;
            case ["storm", var errors]:
                cluster.FailNextRequests(
                    KafkaRequestKind.Produce,
                    [.. Enumerable.Range(0, int.Parse(errors, CultureInfo.InvariantCulture)).Select(index => Storm[index % Storm.Length])]);
                break;
            case ["calm"]:
                cluster.ClearRequestErrors(KafkaRequestKind.Produce);
                break;
            default:
                throw new ArgumentException($"'{string.Join(' ', words)}' is no command of the broker.", nameof(words));
        }
    }
}
