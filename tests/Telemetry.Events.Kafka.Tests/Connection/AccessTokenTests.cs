namespace Telemetry.Events.Kafka.Tests.Connection;

[Trait("Category", "Integration")]
public class AccessTokenTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task The_brokers_get_the_providers_token_and_a_new_one_ahead_of_its_expiry(KafkaClient client)
    {
        await using var broker = new OAuthBearerListener();
        var calls = 0;
        await using var transport = Create(client, broker, _ => ValueTask.FromResult(new KafkaAccessToken(
            $"token-{Interlocked.Increment(ref calls)}", DateTimeOffset.UtcNow.AddSeconds(2))));

        await WaitForAsync(broker, "auth=Bearer token-1\u0001");
        await WaitForAsync(broker, "auth=Bearer token-2\u0001");
    }

    [Theory]
    [InlineData(KafkaClient.Native)]
    [InlineData(KafkaClient.Managed)]
    public async Task A_provider_that_fails_once_is_asked_again(KafkaClient client)
    {
        await using var broker = new OAuthBearerListener();
        var calls = 0;
        await using var transport = Create(client, broker, _ => Interlocked.Increment(ref calls) == 1
            ? throw new InvalidOperationException("The identity provider is away.")
            : ValueTask.FromResult(new KafkaAccessToken("second", DateTimeOffset.UtcNow.AddHours(1))));

        await WaitForAsync(broker, "auth=Bearer second\u0001");
    }

    private static KafkaTransport Create(
        KafkaClient client, OAuthBearerListener broker, Func<CancellationToken, ValueTask<KafkaAccessToken>> provider) => new(
            KafkaTransport.DefaultName,
            new KafkaTransportOptions { ConnectionString = broker.Address, AccessTokenProvider = provider, Client = client },
            new TelemetryEventsOptions { ServiceName = "tests" },
            TimeProvider.System);

    private static async Task WaitForAsync(OAuthBearerListener broker, string text)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!(await broker.Tokens.ReadAsync(deadline.Token)).Contains(text, StringComparison.Ordinal))
        {
            // An earlier connection's.
        }
    }
}
