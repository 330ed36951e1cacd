using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;

namespace Telemetry.Events.Testing.Tests.EmbeddedKafka;

// Alone in the process while it runs: it counts threads and file descriptors.
[CollectionDefinition(nameof(EmbeddedKafkaLifetimeTests), DisableParallelization = true)]
[Collection(nameof(EmbeddedKafkaLifetimeTests))]
[Trait("Category", "Integration")]
public sealed class EmbeddedKafkaLifetimeTests
{
    [Fact]
    public async Task Disposing_twice_is_harmless()
    {
        var cluster = EmbeddedKafkaCluster.Start();

        cluster.Dispose();
        cluster.Dispose();
        await cluster.DisposeAsync();

        Assert.NotEmpty(cluster.BootstrapServers);
    }

    [Fact]
    public void Disposing_works_while_brokers_are_down_and_responses_are_held()
    {
        using var cluster = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { BrokerCount = 3 });
        using var producer = KafkaClients.Producer(cluster);
        cluster.SetRoundTripTime(TimeSpan.FromHours(1));
        producer.Produce("orders", new Message<string, string> { Value = "held" });
        cluster.TakeBrokerDown(2);

        cluster.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cluster.BringBrokerUp(2));
    }

    [Fact]
    public async Task After_dispose_the_port_refuses_connections()
    {
        var cluster = EmbeddedKafkaCluster.Start();
        var address = IPEndPoint.Parse(cluster.BootstrapServers);
        using (var before = new TcpClient())
            await before.ConnectAsync(address);

        await cluster.DisposeAsync();

        using var after = new TcpClient();
        var error = await Assert.ThrowsAsync<SocketException>(() => after.ConnectAsync(address));
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Fact]
    public void After_dispose_every_method_says_so()
    {
        var cluster = EmbeddedKafkaCluster.Start();
        cluster.Dispose();
        Action[] calls =
        [
            () => cluster.CreateTopic("orders"),
            () => cluster.TakeBrokerDown(1),
            cluster.TakeAllBrokersDown,
            () => cluster.BringBrokerUp(1),
            cluster.BringAllBrokersUp,
            () => cluster.SetRoundTripTime(TimeSpan.Zero),
            () => cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.NotEnoughReplicas),
            () => cluster.ClearRequestErrors(KafkaRequestKind.Produce),
            () => cluster.SetTopicError("orders", ErrorCode.NoError),
            () => cluster.SetPartitionLeader("orders", 0, 1),
        ];

        Assert.All(calls, call => Assert.Throws<ObjectDisposedException>(call));
    }

    [Fact]
    public async Task Calls_that_race_with_dispose_finish_or_say_so()
    {
        var cluster = EmbeddedKafkaCluster.Start();
        using var started = new CountdownEvent(2);
        var callers = Enumerable.Range(0, 2).Select(n => Task.Run(() =>
        {
            cluster.CreateTopic($"topic-{n}");
            started.Signal();
            while (true)
                cluster.SetPartitionLeader($"topic-{n}", 0, 1);
        })).ToArray();

        Assert.True(started.Wait(KafkaClients.Deadline));
        cluster.Dispose();

        foreach (var caller in callers)
            await Assert.ThrowsAsync<ObjectDisposedException>(() => caller.WaitAsync(KafkaClients.Deadline));
    }

    [Fact]
    public async Task A_hundred_clusters_leave_no_threads_and_no_descriptors_behind()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await StartAndUse();
        var (threads, descriptors) = (Count("task"), Count("fd"));

        for (var n = 0; n < 100; n++)
            await StartAndUse();

        // The runtime's own pools come and go by a few; a leak would be at least 100.
        const int slack = 20;
        var settled = SpinWait.SpinUntil(
            () => Count("task") <= threads + slack && Count("fd") <= descriptors + slack, KafkaClients.Deadline);
        Assert.True(settled, $"Threads {threads} -> {Count("task")}, descriptors {descriptors} -> {Count("fd")}.");

        static int Count(string what) => Directory.GetFileSystemEntries($"/proc/self/{what}").Length;
    }

    [Fact]
    public async Task It_shares_the_one_native_library_that_the_clients_use()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await StartAndUse();

        var loaded = (await File.ReadAllLinesAsync("/proc/self/maps"))
            .Select(line => line.Split(' ')[^1])
            .Where(path => path.Contains("librdkafka", StringComparison.Ordinal))
            .Distinct();

        Assert.Single(loaded);
    }

    private static async Task StartAndUse()
    {
        await using var cluster = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { BrokerCount = 2 });
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(cluster.BootstrapServers.Split(',')[0]));
        cluster.CreateTopic("orders", 4);
        cluster.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.NotEnoughReplicas);
    }
}
