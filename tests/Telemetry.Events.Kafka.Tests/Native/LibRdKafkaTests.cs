using System.Runtime.InteropServices;
using Confluent.Kafka;
using Telemetry.Events.Kafka.Native;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Kafka.Tests.Native;

/// <summary>The interop file alone, against the library and a broker.</summary>
[Trait("Category", "Integration")]
public sealed unsafe class LibRdKafkaTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EmbeddedKafkaCluster _kafka = EmbeddedKafkaCluster.Start(
        new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic("events", 3)] });

    public ValueTask DisposeAsync() => _kafka.DisposeAsync();

    [Fact]
    public void The_library_that_Confluent_loaded_has_all_that_is_needed() => Assert.Null(LibRdKafkaLocation.Obstacle());

    [Fact]
    public void A_missing_entry_point_is_named() =>
        Assert.Equal("rd_kafka_no_such", LibRdKafkaLocation.MissingEntryPoint(["rd_kafka_new", "rd_kafka_no_such"]));

    [Fact]
    public void Structures_have_the_sizes_that_the_header_gives_them()
    {
        Assert.Equal(72, sizeof(NativeMessage));
        Assert.Equal(72, sizeof(NativeArgument));
        Assert.Equal(48, (int)Marshal.OffsetOf<NativeMessage>(nameof(NativeMessage.KeyLength)));
        Assert.Equal(64, (int)Marshal.OffsetOf<NativeMessage>(nameof(NativeMessage.Opaque)));
        Assert.Equal(24, (int)Marshal.OffsetOf<NativeMetadata>(nameof(NativeMetadata.Topics)));
    }

    [Theory]
    [InlineData("no.such.property", "1", "No such configuration property: \"no.such.property\"")]
    [InlineData("linger.ms", "soon", "Invalid value for configuration property \"queue.buffering.max.ms\"")]
    public void A_bad_property_is_refused_by_name(string name, string value, string expected)
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => NativeProducerHandle.Create([new(name, value)], NativeEventKind.None, () => { }));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_goes_out_and_its_report_comes_back_with_place_and_opaque()
    {
        using var client = Create(() => { });
        var topic = client.NewTopic("events");
        var body = "hello"u8.ToArray();
        fixed (byte* start = body)
        {
            var message = new NativeMessage { Payload = start, PayloadLength = (nuint)body.Length, Opaque = new NativeBatch(5, _ => { }).OpaqueOf(7) };
            Assert.Equal(1, LibRdKafka.ProduceBatch(topic, 2, 0, &message, 1));

            var report = AwaitReport(client);

            Assert.Equal((ErrorCode.NoError, 2, 0L), (report.Error, report.Partition, report.Offset));
            Assert.Equal((5, 7), (NativeBatch.SlotOf(report.Opaque), (int)report.Opaque));
        }
    }

    [Fact]
    public void Metadata_counts_partitions()
    {
        using var client = Create(() => { });
        var topic = client.NewTopic("events");
        NativeMetadata* metadata = null;

        Assert.Equal(ErrorCode.NoError, LibRdKafka.GetMetadata(client.Client, 0, topic, &metadata, 10_000));

        Assert.Equal((1, 1), (metadata->BrokerCount, metadata->TopicCount));
        Assert.Equal((3, ErrorCode.NoError), (metadata->Topics[0].PartitionCount, metadata->Topics[0].Error));
        Assert.Equal("events", Marshal.PtrToStringUTF8(metadata->Topics[0].Name));
        LibRdKafka.DestroyMetadata(metadata);
    }

    [Fact]
    public void The_owner_is_told_when_the_client_has_ended_which_is_after_the_last_reference()
    {
        var ended = false;
        var client = Create(() => ended = true);
        var held = false;
        client.DangerousAddRef(ref held);

        client.Dispose();
        Assert.False(ended);
        client.DangerousRelease();

        Assert.True(ended);
    }

    private NativeProducerHandle Create(Action released) => NativeProducerHandle.Create(
        [new("bootstrap.servers", _kafka.BootstrapServers), new("log.queue", "true")], NativeEventKind.DeliveryReport, released);

    private static NativeMessage AwaitReport(NativeProducerHandle client)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            var nativeEvent = LibRdKafka.Poll(client.Queue, 1000);
            if (nativeEvent == nint.Zero || LibRdKafka.KindOf(nativeEvent) != NativeEventKind.DeliveryReport)
                continue;
            NativeMessage* message;
            Assert.Equal(1u, LibRdKafka.MessagesOf(nativeEvent, &message, 1));
            var report = *message;
            Assert.Equal(PersistenceStatus.Persisted, LibRdKafka.StatusOf(message));
            LibRdKafka.DestroyEvent(nativeEvent);
            return report;
        }

        throw new TimeoutException("No delivery report has come.");
    }
}
