using Confluent.Kafka;
using Telemetry.Events.Kafka.Tests.Connection;
using Telemetry.Events.Kafka.Tests.Transport;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Tests.Preflight;

[Trait("Category", "Integration")]
public class KafkaPreflightTests
{
    private static readonly PreflightRequest Request = new() { Topics = ["charges"], ShutdownTimeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task All_is_well_with_a_broker_that_has_the_topic_by_its_own_name()
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(KafkaClient.Native, options => options.TopicNames["charges"] = KafkaBroker.Topic);

        var findings = await CheckAsync(transport, Request);

        Assert.Equal(
            [
                ("brokers", PreflightStatus.Ok), ("log-in", PreflightStatus.Ok), ("topic charges", PreflightStatus.Ok),
                ("message size", PreflightStatus.Ok), ("message size of charges", PreflightStatus.NotChecked),
                ("time-outs", PreflightStatus.Ok), ("compression", PreflightStatus.Ok),
            ],
            findings.Select(finding => (finding.Check, finding.Status)));
        Assert.Contains("'events' has 4 partitions", findings[2].Detail, StringComparison.Ordinal);
        Assert.All(findings, finding => Assert.Null(finding.Advice));
    }

    [Fact]
    public async Task A_missing_topic_is_named_and_not_created()
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(KafkaClient.Native);

        var finding = (await CheckAsync(transport, Request with { Topics = [KafkaBroker.Topic, "missing"] }))
            .Single(finding => finding.Check == "topic missing");

        Assert.Equal((PreflightStatus.Failed, "It does not exist, or this user may not see it."), (finding.Status, finding.Detail));
        Assert.Contains("Create it", finding.Advice, StringComparison.Ordinal);
        using var client = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Cluster.BootstrapServers }).Build();
        Assert.Equal([KafkaBroker.Topic], client.GetMetadata(Wait.Patience).Topics.Select(topic => topic.Topic));
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_fails_the_first_check_and_leaves_those_behind_it_open()
    {
        await using var transport = Create("127.0.0.1:1");

        var findings = await CheckAsync(transport, Request);

        Assert.Equal(
            [PreflightStatus.Failed, PreflightStatus.NotChecked, PreflightStatus.NotChecked],
            findings.Take(3).Select(finding => finding.Status));
        Assert.Contains("127.0.0.1:1", findings[0].Detail, StringComparison.Ordinal);
        Assert.Contains("Connection refused", findings[0].Detail, StringComparison.Ordinal);
        Assert.NotNull(findings[0].Advice);
    }

    [Fact]
    public async Task A_refused_log_in_is_told_from_a_broker_that_is_away_and_the_password_is_not_shown()
    {
        await using var broker = new OAuthBearerListener(refuses: true);
        await using var transport = Create(broker.Address.Replace("sasl.mechanism=OAUTHBEARER", "sasl.mechanism=PLAIN", StringComparison.Ordinal)
            .Replace("kafka://", "kafka://user:hunter2@", StringComparison.Ordinal));

        var findings = await CheckAsync(transport, Request);

        Assert.Equal((PreflightStatus.Ok, PreflightStatus.Failed), (findings[0].Status, findings[1].Status));
        Assert.Contains("PLAIN", findings[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join(' ', findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_do_not_fit_each_other_are_named_with_what_to_change()
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(KafkaClient.Native, options =>
        {
            options.Properties["message.max.bytes"] = "500000";
            options.Compression = KafkaCompression.None;
        });

        var findings = await CheckAsync(transport, new PreflightRequest { ShutdownTimeout = TimeSpan.FromSeconds(10) });

        var size = findings.Single(finding => finding.Check == "message size");
        Assert.Equal(PreflightStatus.Failed, size.Status);
        Assert.Contains("message.max.bytes is 500,000", size.Detail, StringComparison.Ordinal);
        var times = findings.Single(finding => finding.Check == "time-outs");
        Assert.Equal(PreflightStatus.Warning, times.Status);
        Assert.Contains("DeliveryTimeout", times.Advice, StringComparison.Ordinal);
        Assert.Equal(PreflightStatus.Warning, findings.Single(finding => finding.Check == "compression").Status);
    }

    [Fact]
    public async Task Cancellation_leaves_out_what_was_not_checked()
    {
        await using var broker = new KafkaBroker();
        await using var transport = broker.CreateTransport(KafkaClient.Native);

        Assert.Empty(await CheckAsync(transport, Request, new CancellationToken(canceled: true)));
    }

    private static KafkaTransport Create(string address) => new(
        KafkaTransport.DefaultName,
        new KafkaTransportOptions { ConnectionString = address },
        new TelemetryEventsOptions { ServiceName = "tests" },
        TimeProvider.System);

    private static async Task<List<PreflightFinding>> CheckAsync(
        KafkaTransport transport, PreflightRequest request, CancellationToken cancellationToken = default)
    {
        var findings = new List<PreflightFinding>();
        await foreach (var finding in transport.CheckAsync(request, cancellationToken))
            findings.Add(finding);
        return findings;
    }
}
