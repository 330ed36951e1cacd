using System.Diagnostics;
using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>Another program, with a librdkafka of its own, reads what was written. Needs kcat (Debian: apt-get install kcat).</summary>
[Trait("Category", "Integration")]
public class KcatTests
{
    [Theory]
    [InlineData(KafkaClient.Native, true, "content-type=application/cloudevents+json; charset=UTF-8")]
    [InlineData(KafkaClient.Managed, true, "content-type=application/cloudevents+json; charset=UTF-8")]
    [InlineData(KafkaClient.Native, false, "")]
    [InlineData(KafkaClient.Managed, false, "")]
    public async Task Kcat_reads_key_header_and_body(KafkaClient client, bool withHeader, string header)
    {
        await using var broker = new KafkaBroker(partitionCount: 1);
        await using var transport = broker.CreateTransport(client, options => options.ContentTypeHeader = withHeader);
        OutgoingEvent[] batch =
        [
            new(Guid.NewGuid(), KafkaBroker.Topic, Encoding.UTF8.GetBytes("Käse-7"), Encoding.UTF8.GetBytes("""{"text":"Grüße"}""")),
            new(Guid.NewGuid(), KafkaBroker.Topic, default, Encoding.UTF8.GetBytes("""{"key":null}""")),
        ];

        await KafkaBroker.SendAsync(transport, batch);
        var outcomes = await KafkaBroker.SendAsync(transport, batch);

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
        var once = $"Käse-7|7|{header}|{{\"text\":\"Grüße\"}}\n|-1|{header}|{{\"key\":null}}\n";
        Assert.Equal(once + once, await ReadAsync(broker));
    }

    private static async Task<string> ReadAsync(KafkaBroker broker)
    {
        using var kcat = Process.Start(new ProcessStartInfo(
            "kcat", ["-b", broker.Cluster.BootstrapServers, "-C", "-t", KafkaBroker.Topic, "-e", "-q", "-f", "%k|%K|%h|%s\\n"])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        using var deadline = new CancellationTokenSource(Wait.Patience);
        var output = await kcat.StandardOutput.ReadToEndAsync(deadline.Token);
        await kcat.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, kcat.ExitCode);
        return output;
    }
}
