using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary>Hands access tokens to a native producer.</summary>
internal static unsafe class NativeTokens
{
    /// <exception cref="InvalidOperationException">librdkafka refuses the token. Its own text stays out: it may quote the token.</exception>
    /// <exception cref="ObjectDisposedException">The client is gone.</exception>
    public static void Accept(NativeProducerHandle client, KafkaAccessToken token)
    {
        var error = stackalloc byte[LibRdKafka.ErrorTextLength];
        var held = false;
        client.DangerousAddRef(ref held);
        var code = LibRdKafka.SetToken(
            client.Client, token.Value, token.ExpiresAt.ToUnixTimeMilliseconds(), token.PrincipalName, 0, 0, error, LibRdKafka.ErrorTextLength);
        client.DangerousRelease();
        if (code != ErrorCode.NoError)
            throw new InvalidOperationException($"librdkafka does not take the access token ({code}).");
    }

    /// <exception cref="ObjectDisposedException">The client is gone.</exception>
    public static void Fail(NativeProducerHandle client, string reason)
    {
        var held = false;
        client.DangerousAddRef(ref held);
        _ = LibRdKafka.SetTokenFailure(client.Client, reason);
        client.DangerousRelease();
    }
}
