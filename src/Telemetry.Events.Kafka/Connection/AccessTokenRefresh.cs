using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Fetches access tokens for librdkafka, which asks for one before the first connection and again after four fifths of a token's life.
/// </summary>
/// <remarks>
/// librdkafka asks on the thread that also hands out delivery reports, so the provider runs elsewhere: a slow identity provider must
/// not hold up acknowledgements. After a failure librdkafka asks again by itself, ten seconds later.
/// </remarks>
internal sealed class AccessTokenRefresh(
    Func<CancellationToken, ValueTask<KafkaAccessToken>> provider, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _disposed = new();

    /// <summary>Fetches one token and gives it, or the reason why there is none, to the client. Returns at once.</summary>
    /// <param name="accept">Hands the token to the client; may throw where the client refuses it.</param>
    /// <param name="fail">Tells the client that there is none; the sentence holds no secret.</param>
    public void Start(Action<KafkaAccessToken> accept, Action<string> fail)
    {
        if (!_disposed.IsCancellationRequested)
            _ = Task.Run(() => RefreshAsync(accept, fail), CancellationToken.None);
    }

    // The source itself is left to the garbage collector: it holds nothing, and a refresh may just be linking to it.
    public void Dispose() => _disposed.Cancel();

    private async Task RefreshAsync(Action<KafkaAccessToken> accept, Action<string> fail)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _disposed.Token);
            accept(await provider(either.Token).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // The provider is the service's own code; whatever it throws, librdkafka must be told, or it never asks again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_disposed.IsCancellationRequested)
                return;
            logger.AccessTokenFailed(exception);
            Report(fail, exception);
        }
    }

    // The exception's text stays out: librdkafka repeats what it is told in its own errors, and a provider may quote its request.
    private static void Report(Action<string> fail, Exception exception)
    {
        try
        {
            fail($"the access token could not be fetched ({exception.GetType().Name})");
        }
        catch (ObjectDisposedException)
        {
            // The client was disposed meanwhile: it needs no token any more.
        }
    }
}
