using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Catalog;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class FatalErrorTests
{
    private const int FatalLogId = 1101;
    private const int ReplacedLogId = 1102;

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task After_a_fatal_error_a_new_producer_sends_what_was_not_acknowledged(KafkaClient client)
    {
        await using var broker = new KafkaBroker(partitionCount: 1);
        var logs = new LogCapture();
        // The batch goes in one request, so that one error meets all of it.
        await using var transport = broker.CreateTransport(client, options => options.Linger = TimeSpan.FromMilliseconds(100), logs);
        Assert.Equal(DeliveryStatus.Delivered, (await KafkaBroker.SendAsync(transport, KafkaBroker.Batch(1, _ => "k")))[0].Status);

        broker.Cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.OutOfOrderSequenceNumber);
        var batch = KafkaBroker.Batch(10, _ => "k");
        var outcomes = await KafkaBroker.SendAsync(transport, batch);
        Assert.All(outcomes, outcome => Assert.True(outcome.Status is DeliveryStatus.Retriable or DeliveryStatus.Unknown));
        await Wait.UntilAsync(() => logs.Entries.Any(entry => entry.Id == FatalLogId), "the fatal error is logged");

        var again = await KafkaBroker.SendAsync(transport, batch);

        Assert.All(again, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        Assert.Contains(logs.Entries, entry => entry.Id == ReplacedLogId);
        Assert.Equal(11, broker.Consume(11).Count);
    }

    /// <summary>One call alone, and several: those replace the failed producer, whose end frees every call, while others hand over to it.</summary>
    [Theory]
    [InlineData(KafkaClient.Native, 1)]
    [InlineData(KafkaClient.Native, 4)]
    [InlineData(KafkaClient.Managed, 1)]
    [InlineData(KafkaClient.Managed, 4)]
    public async Task A_call_that_meets_the_failure_does_not_wait_until_its_time_is_out(KafkaClient client, int callers)
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(client, options => options.DeliveryTimeout = TimeSpan.FromMinutes(5));

        for (var round = 0; round < 40 / callers; round++)
        {
            broker.Cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.OutOfOrderSequenceNumber);
            // So large that they are still handed over when the first request is refused.
            await Task.WhenAll(Enumerable.Range(0, callers).Select(
                _ => Task.Run(() => KafkaBroker.SendAsync(transport, KafkaBroker.Batch(20_000, i => $"{i % 8}")))));
        }
    }

    [Theory]
    [InlineData(KafkaClient.Native, ErrorCode.OutOfOrderSequenceNumber)]
    [InlineData(KafkaClient.Managed, ErrorCode.OutOfOrderSequenceNumber)]
    [InlineData(KafkaClient.Native, ErrorCode.InvalidProducerEpoch)]
    [InlineData(KafkaClient.Native, ErrorCode.UnknownProducerId)]
    [InlineData(KafkaClient.Native, ErrorCode.ClusterAuthorizationFailed)]
    public async Task A_publisher_loses_nothing_by_it_and_every_event_keeps_its_id(KafkaClient client, ErrorCode error)
    {
        const int Events = 2000;
        await using var broker = new KafkaBroker();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents(options =>
        {
            options.ServiceName = "tests";
            options.RetryDelay = TimeSpan.FromMilliseconds(10);
        }).AddKafka(options =>
        {
            options.ConnectionString = broker.Cluster.BootstrapServers;
            options.Client = client;
            // A real broker refuses a request that overtook the one before it (its sequence is ahead). The embedded one takes it, and
            // librdkafka then takes the one before as acknowledged (IMPLICITACK).
            options.Properties["max.in.flight.requests.per.connection"] = "1";
            options.TopicNames["xumi_task"] = KafkaBroker.Topic;
        });
        await using var provider = services.BuildServiceProvider();
        var publisher = provider.GetRequiredService<IEventPublisher>();

        var ids = new HashSet<string>();
        for (var i = 0; i < Events; i++)
        {
            var fails = i % 500 == 100;
            // librdkafka survives this one, and then sends what it has framed behind the refused request: that must be nothing, as above.
            var alone = fails && error == ErrorCode.UnknownProducerId;
            if (alone)
                await publisher.FlushAsync(Wait.Patience);
            if (fails)
                broker.Cluster.FailNextRequests(KafkaRequestKind.Produce, alone ? [error] : [ErrorCode.NoError, error]);
            ids.Add((await publisher.PublishAsync(new TaskRunStart($"task-{i}", "user", "model", "node"))).EventId.ToString());
            if (alone)
                await publisher.FlushAsync(Wait.Patience);
        }

        var ledger = (await publisher.FlushAsync(Wait.Patience))[DeliveryClass.Usage];

        Assert.Equal((Events, Events, 0L), ((int)ledger.Accepted, (int)ledger.Delivered, ledger.InFlight));
        var stored = broker.ReadAll().Select(record =>
            JsonDocument.Parse(record.Message.Value).RootElement.GetProperty("id").GetString()!).ToHashSet();
        Assert.True(stored.SetEquals(ids));
    }
}
