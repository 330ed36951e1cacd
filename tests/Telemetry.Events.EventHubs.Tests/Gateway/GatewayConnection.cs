using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Telemetry.Events.EventHubs.Tests.Gateway;

/// <summary>One client's connection: what answers itself and what the broker answers go back in the order of the requests.</summary>
internal sealed class GatewayConnection(Stream client, Stream broker, SaslLogins logins, int brokerPort, int gatewayPort) : IAsyncDisposable
{
    private readonly SslStream _client = new(client);
    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>();
    private string _mechanism = "";
    private DateTimeOffset? _loggedInUntil;

    public async Task RunAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        await _client.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requests = ForwardAsync(ending.Token);
        var answers = AnswerAsync(ending.Token);
        await Task.WhenAny(requests, answers);
        // A refused login is answered before the connection ends. Nothing else is waited for: the broker may never answer a member that
        // has dropped out of its group.
        if (requests is { IsCompletedSuccessfully: true, Result: RequestsEnd.LoginRefused })
            await answers;
        await ending.CancelAsync();
        await Task.WhenAll(requests, answers);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<RequestsEnd> ForwardAsync(CancellationToken cancellationToken)
    {
        var end = RequestsEnd.ClientGone;
        while (await KafkaFrames.ReadAsync(_client, cancellationToken) is { } request)
        {
            var (api, version, correlation) = KafkaFrames.Head(request);
            if (api is KafkaFrames.SaslHandshake or KafkaFrames.SaslAuthenticate)
            {
                var (answer, goOn) = Sasl(api, version, correlation, request);
                _pending.Writer.TryWrite(new Pending(api, version, answer));
                if (goOn)
                    continue;
                end = RequestsEnd.LoginRefused;
                break;
            }

            // Kafka (KIP-368) closes a connection that goes on after its login has ended.
            if (api != KafkaFrames.ApiVersions && !(_loggedInUntil > DateTimeOffset.UtcNow))
            {
                end = RequestsEnd.LoginEnded;
                break;
            }

            _pending.Writer.TryWrite(new Pending(api, version, null));
            await KafkaFrames.WriteAsync(broker, request, cancellationToken);
        }

        _pending.Writer.TryComplete();
        return end;
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        await foreach (var pending in _pending.Reader.ReadAllAsync(cancellationToken))
        {
            var answer = pending.Answer ?? await KafkaFrames.ReadAsync(broker, cancellationToken);
            if (answer is null)
                return;
            if (pending.Api == KafkaFrames.ApiVersions)
                answer = KafkaFrames.AddSasl(answer, pending.Version);
            else if (pending.Api is KafkaFrames.Metadata or KafkaFrames.FindCoordinator)
                KafkaFrames.ReplacePort(answer, brokerPort, gatewayPort);
            await KafkaFrames.WriteAsync(_client, answer, cancellationToken);
        }
    }

    private (byte[] Answer, bool GoOn) Sasl(short api, short version, int correlation, byte[] request)
    {
        var body = KafkaFrames.Body(request);
        if (api == KafkaFrames.SaslHandshake)
        {
            _mechanism = KafkaFrames.ReadString(body);
            var known = _mechanism is "PLAIN" or "OAUTHBEARER";
            return (KafkaFrames.HandshakeAnswer(correlation, known, "PLAIN", "OAUTHBEARER"), known);
        }

        var (ends, error) = logins.Check(_mechanism, KafkaFrames.ReadBytes(body));
        _loggedInUntil = error is null ? ends : null;
        var lifetime = ends == DateTimeOffset.MaxValue || error is not null ? TimeSpan.Zero : ends - DateTimeOffset.UtcNow;
        return (KafkaFrames.AuthenticateAnswer(correlation, version, error, lifetime), error is null);
    }

    private enum RequestsEnd
    {
        ClientGone,
        LoginRefused,
        LoginEnded,
    }

    private readonly record struct Pending(short Api, short Version, byte[]? Answer);
}
