using Azure.Core;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Testing;
using Telemetry.Events.Transport;

namespace Telemetry.Events.EventHubs.Tests.Transport;

/// <summary>Logging in, and staying logged in, through TLS.</summary>
[Trait("Category", "Integration")]
public sealed class EventHubsLoginTests : IAsyncDisposable
{
    private const string Secret = "aHVudGVyMg==";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly EventHubsHarness _hub = new();
    private readonly CapturedLogs _logs = new();
    private int _tokens;

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task The_right_key_delivers()
    {
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.AcceptKey(Secret), _hub.Topic), _logs);

        Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(transport, Patience)).Status);

        Assert.True(_hub.Gateway.Logins.Attempts > 0);
        AssertNoSecret();
    }

    [Fact]
    public async Task A_wrong_key_delivers_nothing_says_so_and_never_shows_the_key()
    {
        _hub.Gateway.AcceptKey("cmlnaHQ=");
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.ConnectionString(Secret), _hub.Topic), _logs);

        var sending = SendAsync(transport, Patience);
        await UntilAsync(() => _logs.Lines.Any(line => line.Contains("SASL authentication error: Invalid credentials.", StringComparison.Ordinal)));
        Assert.False(sending.IsCompleted);
        AssertNoSecret();

        // Somebody puts the policy's key right again: what waited is delivered.
        _hub.Gateway.AcceptKey(Secret);
        Assert.Equal(DeliveryStatus.Delivered, (await sending).Status);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        var transport = _hub.Create(
            events => events.AddEventHubs(_hub.Gateway.AcceptKey(Secret), _hub.Topic),
            _logs,
            trusted: false);

        Assert.NotEqual(DeliveryStatus.Delivered, (await SendAsync(transport, TimeSpan.FromSeconds(3))).Status);

        await UntilAsync(() => _logs.Lines.Any(line => line.Contains("certificate verify failed", StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(0, _hub.Gateway.Logins.Attempts);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_and_sending_goes_on()
    {
        var credential = new ScriptedCredential(() => Issue(TimeSpan.FromSeconds(2)));
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.Namespace, _hub.Topic, credential), _logs);

        await UntilAsync(async () =>
        {
            Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(transport, Patience)).Status);
            return _hub.Gateway.Logins.Used.Count >= 3;
        });

        Assert.All(credential.Scopes, scope => Assert.Equal("https://127.0.0.1/.default", scope));
        AssertNoSecret();
    }

    [Fact]
    public async Task A_credential_that_fails_is_logged_and_asked_again()
    {
        var calls = 0;
        var credential = new ScriptedCredential(() => Interlocked.Increment(ref calls) == 1
            ? throw new InvalidOperationException("No managed identity on this machine.")
            : Issue(TimeSpan.FromHours(1)));
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.Namespace, _hub.Topic, credential), _logs);

        Assert.Equal(DeliveryStatus.Delivered, (await SendAsync(transport, Patience)).Status);

        Assert.Contains(_logs.Lines, line => line.StartsWith("Error 1104", StringComparison.Ordinal) && line.Contains("No managed identity", StringComparison.Ordinal));
        AssertNoSecret();
    }

    [Fact]
    public async Task Connections_that_Azure_closes_are_opened_and_logged_in_again()
    {
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.AcceptKey(Secret), _hub.Topic), _logs);
        await SendAsync(transport, Patience);
        var before = _hub.Gateway.Logins.Attempts;

        _hub.Gateway.CutConnections();

        await UntilAsync(async () => (await SendAsync(transport, Patience)).Status == DeliveryStatus.Delivered);
        Assert.True(_hub.Gateway.Logins.Attempts > before);
    }

    [Fact]
    public async Task Throttling_is_no_loss()
    {
        var transport = _hub.Create(events => events.AddEventHubs(_hub.Gateway.AcceptKey(Secret), _hub.Topic), _logs);
        _hub.Kafka.FailNextRequests(KafkaRequestKind.Produce, ErrorCode.PolicyViolation);

        var refused = await SendAsync(transport, Patience);
        var again = await SendAsync(transport, Patience);

        Assert.Equal((DeliveryStatus.Retriable, "policy_violation"), (refused.Status, refused.Reason));
        Assert.Equal(DeliveryStatus.Delivered, again.Status);
    }

    [Fact]
    public async Task A_mapped_topic_arrives_in_the_hub_of_the_other_name()
    {
        var transport = _hub.Create(
            events => events.AddEventHubs(_hub.Gateway.AcceptKey(Secret), _hub.Topic, options => options.TopicNames["mcp"] = _hub.Topic), _logs);

        var outcome = await SendAsync(transport, Patience, topic: "mcp");

        Assert.Equal(DeliveryStatus.Delivered, outcome.Status);
        using var deadline = new CancellationTokenSource(Patience);
        Assert.Single(await _hub.ReadBackAsync(1, deadline.Token));
    }

    private AccessToken Issue(TimeSpan lifetime)
    {
        var token = $"token-{Secret}-{Interlocked.Increment(ref _tokens)}";
        var ends = DateTimeOffset.UtcNow + lifetime;
        _hub.Gateway.Logins.Issue(token, ends);
        return new AccessToken(token, ends);
    }

    private async Task<DeliveryOutcome> SendAsync(IEventTransport transport, TimeSpan patience, string? topic = null)
    {
        var outcomes = new DeliveryOutcome[1];
        var outgoing = new OutgoingEvent(Guid.NewGuid(), topic ?? _hub.Topic, "key"u8.ToArray(), "{}"u8.ToArray());
        using var deadline = new CancellationTokenSource(patience);
        await transport.SendAsync(new[] { outgoing }, outcomes, deadline.Token);
        return outcomes[0];
    }

    private void AssertNoSecret() =>
        Assert.All(_logs.Lines, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, "The condition did not come true in time.");
            await Task.Delay(20);
        }
    }
}
