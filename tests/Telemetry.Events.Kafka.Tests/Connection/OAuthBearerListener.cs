using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Telemetry.Events.Kafka.Tests.Connection;

/// <summary>
/// A broker that speaks Kafka's protocol as far as the log-in by OAUTHBEARER, and no further: it keeps the client's first message,
/// which holds the token, and hangs up, so that the client comes again.
/// </summary>
internal sealed class OAuthBearerListener : IAsyncDisposable
{
    private const short SaslHandshake = 17;
    private const short ApiVersions = 18;
    private const short SaslAuthenticate = 36;
    private const byte UnsupportedMechanism = 33;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<string> _tokens = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    private readonly bool _refuses;

    /// <param name="refuses">Whether it knows no mechanism that a client may want.</param>
    public OAuthBearerListener(bool refuses = false)
    {
        _refuses = refuses;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address =>
        $"kafka://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}?sasl.mechanism=OAUTHBEARER&reconnect.backoff.max.ms=100";

    public ChannelReader<string> Tokens => _tokens.Reader;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await LogInAsync(client.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task LogInAsync(NetworkStream stream)
    {
        try
        {
            while (true)
            {
                var request = await ReadFrameAsync(stream);
                var kind = BinaryPrimitives.ReadInt16BigEndian(request);
                if (kind == SaslAuthenticate)
                {
                    _tokens.Writer.TryWrite(Encoding.ASCII.GetString(request));
                    return;
                }

                byte[] body = kind == ApiVersions ? SupportedVersions() : HandshakeResponse(_refuses ? UnsupportedMechanism : (byte)0);
                byte[] response = [0, 0, 0, (byte)(body.Length + 4), .. request.AsSpan(4, 4), .. body];
                await stream.WriteAsync(response, _end.Token);
            }
        }
        catch (IOException)
        {
            // The client hung up first.
        }
    }

    private async Task<byte[]> ReadFrameAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, _end.Token);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, _end.Token);
        return frame;
    }

    /// <summary>ApiVersions version 3: no error, a compact array of key, lowest and highest version, no throttling.</summary>
    private static byte[] SupportedVersions()
    {
        (short Key, byte Highest)[] supported = [(3, 4), (SaslHandshake, 1), (ApiVersions, 3), (SaslAuthenticate, 0)];
        return
        [
            0, 0, (byte)(supported.Length + 1),
            .. supported.SelectMany(api => new byte[] { 0, (byte)api.Key, 0, 0, 0, api.Highest, 0 }),
            0, 0, 0, 0, 0,
        ];
    }

    /// <summary>SaslHandshake: an error or none, an array of one mechanism.</summary>
    private static byte[] HandshakeResponse(byte error) => [0, error, 0, 0, 0, 1, 0, 11, .. "OAUTHBEARER"u8];
}
