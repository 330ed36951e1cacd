using System.Net;
using System.Net.Http.Json;
using Telemetry.Events;
using Telemetry.Events.Testing;
using Telemetry.IntegrationTests.Outage;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.IntegrationTests.Samples;

/// <summary>The samples run, and a consumer finds what they say.</summary>
[Trait("Category", "Integration")]
public sealed class SampleTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _spool = Directory.CreateTempSubdirectory("telemetry-sample");

    public void Dispose() => _spool.Delete(recursive: true);

    [Fact]
    public async Task The_audit_service_runs_by_itself_and_its_responder_reads_what_it_decided()
    {
        await using var service = SampleProcess.Start("AuditService", kafka: null, "--urls", "http://127.0.0.1:0", "--spool", _spool.FullName);
        await using var trail = new TopicReader(await service.ReadAsync("embedded Kafka on"), "pbac_access");
        using var http = new HttpClient { BaseAddress = new Uri(await service.ReadAsync("Now listening on:")) };

        Assert.Equal(HttpStatusCode.NoContent, await AskAsync(http, "anna", "write", "/anna/plan"));
        Assert.Equal(HttpStatusCode.NoContent, await AskAsync(http, "boris", "read", "/shared/plan"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, "boris", "write", "/anna/plan"));

        await UntilAsync(() => Task.FromResult(trail.Times.Count == 3), "not exactly three events are in the trail");
        await UntilAsync(
            async () => await http.GetFromJsonAsync<Dictionary<string, int>>("/denials") is { Count: 1 } denials && denials["boris"] == 1,
            "the responder has not read the denial");
        Assert.Equal(0, await service.StopAsync());
    }

    [Fact]
    public async Task The_credit_meter_runs_by_itself()
    {
        await using var meter = SampleProcess.Start("CreditMeter", kafka: null, "--Meter:Interval", "00:00:00.5");
        await using var charges = new TopicReader(await meter.ReadAsync("embedded Kafka on"), "kuber_gpu");

        await UntilAsync(() => Task.FromResult(charges.Times.Count > 1), "no charges arrive");
        Assert.Equal(0, await meter.StopAsync());
    }

    [Fact]
    public async Task The_credit_meter_charges_what_is_left_of_an_interval_when_it_stops()
    {
        string[] topics = ["wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu"];
        await using var kafka = EmbeddedKafkaCluster.Start(
            new EmbeddedKafkaOptions { Topics = [.. topics.Select(topic => new EmbeddedKafkaTopic(topic, 1))] });
        await using var meter = SampleProcess.Start("CreditMeter", kafka.BootstrapServers, "--Meter:Interval", "01:00:00");
        await meter.ReadAsync("Application started");

        Assert.Equal(0, await meter.StopAsync());

        var charged = topics.SelectMany(topic => Read(kafka, topic)).Order().ToList();
        Assert.Equal(
            [
                "kuber_cpu anna notebook-3", "kuber_cpu boris api-1", "kuber_gpu anna notebook-3",
                "wkf_cpu anna render-17", "wkf_cpu boris train-8", "wkf_gpu anna render-17", "wkf_gpu boris train-8",
            ],
            charged);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string actorId, string action, string resource)
    {
        using var response = await http.PostAsJsonAsync("/access", new { actorId, action, resource });
        return response.StatusCode;
    }

    /// <summary>Topic, record key and subject of all that a topic holds.</summary>
    private static List<string> Read(EmbeddedKafkaCluster kafka, string topic)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return [.. KafkaReader.Read(kafka, topic, partitions: 1, count: 1, deadline.Token).Select(record =>
        {
            Assert.True(EventEnvelopeReader.TryRead(record.Message.Value, out var envelope, out var error), error);
            return $"{topic} {System.Text.Encoding.UTF8.GetString(record.Message.Key!)} {envelope.GetAttribute(EnvelopeAttributes.Subject)}";
        })];
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string otherwise)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await condition())
            Assert.True(!deadline.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None), otherwise);
    }
}
