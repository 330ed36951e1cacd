using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.Retry;
using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Resilience;

[Trait("Category", "Integration")]
public class ResilienceTests
{
    [Fact]
    public async Task A_circuit_that_is_open_answers_at_once_without_a_request_and_closes_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = RestDialect.Strimzi },
            options => options.Dialect = RestProxyDialect.Strimzi,
            services => services.AddSingleton<TimeProvider>(time));
        proxy.Server.Faults.NextRequests(int.MaxValue, RestFault.Error(500));
        for (var i = 0; i < 5; i++)
            Assert.Equal(DeliveryOutcome.Unknown("server_error"), (await proxy.SendAsync(Batch()))[0]);

        var open = await proxy.SendAsync(Batch());

        Assert.All(open, outcome => Assert.Equal(DeliveryOutcome.Retriable("circuit_open"), outcome));
        Assert.Equal(5, proxy.Server.Requests.Count);
        Assert.Equal(1, proxy.Log.Count(1202));

        proxy.Server.Faults.Clear();
        time.Advance(RestProxyResilience.BreakDuration + TimeSpan.FromMilliseconds(1));
        Assert.Equal(DeliveryStatus.Delivered, (await proxy.SendAsync(Batch()))[0].Status);
        Assert.Equal(1, proxy.Log.Count(1203));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_pause_that_the_proxy_asks_for_holds_back_the_next_request(int status)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var proxy = await Proxy.StartAsync(
            new RestProxyServerOptions { Dialect = RestDialect.Strimzi },
            options => options.Dialect = RestProxyDialect.Strimzi,
            services => services.AddSingleton<TimeProvider>(time));
        proxy.Server.Faults.NextRequests(1, RestFault.Overloaded(status, seconds: 20));
        Assert.Equal(DeliveryStatus.Retriable, (await proxy.SendAsync(Batch()))[0].Status);

        var next = proxy.SendAsync(Batch());
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(next.IsCompleted);
        Assert.Single(proxy.Server.Requests);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DeliveryStatus.Delivered, (await next)[0].Status);
        Assert.Equal(1, proxy.Log.Count(1204));
    }

    [Fact]
    public async Task A_proxy_that_cannot_be_reached_is_tried_three_times_and_the_events_wait()
    {
        // A port that was free a moment ago, and that nobody listens on.
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var retries = 0L;
        using var listener = MeterReader.Count("telemetry.events.rest_proxy.retries", count => Interlocked.Add(ref retries, count));
        await using var server = await RestProxyServer.StartAsync(new RestProxyServerOptions());
        await using var proxy = Proxy.Connect(server, $"http://127.0.0.1:{port}", options => options.Dialect = RestProxyDialect.ConfluentV2);

        var outcomes = await proxy.SendAsync(Batch());

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryOutcome.Retriable("unreachable"), outcome));
        Assert.True(Interlocked.Read(ref retries) >= 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_replaces_the_pipeline_by_its_name_wherever_it_registers_its_own(bool before)
    {
        var attempts = 0;
        void Replace(IServiceCollection services) => services.AddResiliencePipeline<string, HttpResponseMessage>(
            RestProxyTransportOptions.PipelineName,
            pipeline => pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                Delay = TimeSpan.Zero,
                MaxRetryAttempts = 3,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result?.StatusCode == HttpStatusCode.InternalServerError),
                OnRetry = _ =>
                {
                    attempts++;
                    return default;
                },
            }));
        await using var server = await RestProxyServer.StartAsync(new RestProxyServerOptions());
        server.Faults.NextRequests(2, RestFault.Error(500));
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager());
        if (before)
            Replace(services);
        services.AddTelemetryEvents(events => events.ServiceName = "tests").AddRestProxy(options =>
        {
            options.Url = server.BaseAddress.ToString();
            options.Dialect = RestProxyDialect.ConfluentV2;
        });
        if (!before)
            Replace(services);
        await using var provider = services.BuildServiceProvider();
        var batch = Batch();
        var outcomes = new DeliveryOutcome[batch.Length];

        await provider.GetRequiredService<IEventTransport>().SendAsync(batch, outcomes, default);

        Assert.Equal((DeliveryStatus.Delivered, 2), (outcomes[0].Status, attempts));
    }

    [Fact]
    public async Task An_outage_of_the_proxy_under_load_loses_nothing()
    {
        await using var kafka = Proxy.StartKafka();
        var server = await RestProxyServer.StartAsync(new RestProxyServerOptions { Kafka = kafka });
        var services = Proxy.Build(server.BaseAddress.ToString(), new CollectedLog());
        var publisher = services.GetRequiredService<IEventPublisher>();
        var kind = new EventDescriptor(EventName.Parse("tests.outage.send"), TestEvents.Topic, DeliveryClass.Usage);
        using var json = System.Text.Json.JsonDocument.Parse("{}");
        const int Each = 2000;

        for (var i = 0; i < Each; i++)
            Assert.True(publisher.Publish(kind, json.RootElement, subject: $"{i % 50}").IsAccepted);
        await server.DisposeAsync();
        for (var i = 0; i < Each; i++)
            Assert.True(publisher.Publish(kind, json.RootElement, subject: $"{i % 50}").IsAccepted);
        // Down for as long as it takes the transport to notice.
        await publisher.FlushAsync(TimeSpan.FromSeconds(1));
        server = await RestProxyServer.StartAsync(new RestProxyServerOptions { Kafka = kafka, Port = server.BaseAddress.Port });
        var ledger = await publisher.FlushAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((2 * Each, 0, 0), (ledger.Classes.Sum(entry => entry.Delivered), ledger.InFlight, ledger.Classes.Sum(entry => entry.Dropped.Values.Sum())));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var ids = KafkaReader.Read(kafka, TestEvents.Topic, 4, 2 * Each, deadline.Token)
            .Select(record => EventEnvelopeReader.TryRead(record.Message.Value, out var envelope, out _) ? envelope.Id : "")
            .ToHashSet();
        Assert.Equal(2 * Each, ids.Count);
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    private static OutgoingEvent[] Batch() => TestEvents.Numbered(3, n => $"{n}");
}
