using System.Collections.Concurrent;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.EventHubs.Tests.Transport;
using Telemetry.Events.Kafka;
using Telemetry.Events.Transport;

namespace Telemetry.Events.EventHubs.Tests.Consuming;

/// <summary>Reading by the same login, TLS and settings.</summary>
[Trait("Category", "Integration")]
public sealed class EventHubsConsumerTests : IAsyncDisposable
{
    private const string Secret = "aHVudGVyMg==";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EventHubsHarness _hub = new();
    private readonly ConcurrentBag<string> _read = [];
    private readonly CapturedLogs _logs = new();
    private int _tokens;

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task What_was_sent_with_a_key_is_read_with_a_key()
    {
        var connectionString = _hub.Gateway.AcceptKey(Secret);
        var transport = _hub.Create(events => events.AddEventHubs(connectionString, _hub.Topic));
        await SendAsync(transport, 50);

        await ReadAsync(options => options.UseEventHubs(connectionString, _hub.Topic), () => _read.Distinct().Count() == 50);

        Assert.All(_logs.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_goes_on_through_tokens_that_end()
    {
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.AcceptKey(Secret), _hub.Topic));
        await SendAsync(transport, 1);
        var credential = new ScriptedCredential(() =>
        {
            var (token, ends) = ($"token-{Interlocked.Increment(ref _tokens)}", DateTimeOffset.UtcNow.AddSeconds(2));
            _hub.Gateway.Logins.Issue(token, ends);
            return new AccessToken(token, ends);
        });

        await ReadAsync(
            options => options.UseEventHubs(_hub.Gateway.Namespace, _hub.Topic, credential),
            () => !_read.IsEmpty && _hub.Gateway.Logins.Used.Count >= 3);
        await SendAsync(transport, 1);
        await ReadAsync(
            options => options.UseEventHubs(_hub.Gateway.Namespace, _hub.Topic, credential), () => _read.Count >= 2);
    }

    [Theory]
    [InlineData("hunter2", "its part 1 has no value")]
    [InlineData("Endpoint=sb://a/;SharedAccessKeyName=a;SharedAccessKey=hunter2;EntityPath=other", "for the event hub 'other' alone")]
    public void A_wrong_connection_string_is_refused_without_its_key(string connectionString, string cause)
    {
        var exception = Assert.Throws<FormatException>(() => new EventConsumerOptions().UseEventHubs(connectionString, "mcp"));

        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    private async Task SendAsync(IEventTransport transport, int count)
    {
        var batch = Enumerable.Range(0, count).Select(i => new OutgoingEvent(
            Guid.NewGuid(),
            _hub.Topic,
            default,
            System.Text.Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"/tests","type":"a.b.c","data":null}"""))).ToArray();
        var outcomes = new DeliveryOutcome[count];
        using var deadline = new CancellationTokenSource(Patience);
        await transport.SendAsync(batch, outcomes, deadline.Token);
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Delivered, outcome.Status));
    }

    private async Task ReadAsync(Action<EventConsumerOptions> configure, Func<bool> until)
    {
        var options = new EventConsumerOptions { GroupId = "tests" };
        configure(options);
        options.Properties["ssl.ca.pem"] = _hub.Gateway.CertificatePem;
        // The embedded broker lets a second member in only when the first one's session has run out.
        options.Properties["session.timeout.ms"] = "2000";
        options.Properties["heartbeat.interval.ms"] = "500";
        var dispatcher = new EventDispatcher().OnOther((consumed, _) =>
        {
            _read.Add(consumed.Envelope.Id);
            return default;
        });
        using var consumer = new EventConsumer("reader", options, dispatcher, _logs);
        using var stopping = new CancellationTokenSource();
        var running = consumer.RunAsync(stopping.Token);
        using var deadline = new CancellationTokenSource(Patience);
        while (!until())
        {
            Assert.False(deadline.IsCancellationRequested, $"{consumer.GetStatus()} {consumer.GetStatus().LastError}");
            await Task.Delay(20);
        }

        await stopping.CancelAsync();
        await running.WaitAsync(Patience);
    }
}
