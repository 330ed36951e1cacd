using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Telemetry.Events.EventHubs.Tests.Gateway;

/// <summary>
/// Stands in for the door of a namespace: TLS and SASL in front of an embedded broker, which has neither. What is behind the login
/// goes to the broker byte by byte.
/// </summary>
internal sealed class EventHubsGateway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly X509Certificate2 _certificate = GatewayCertificate.Create();
    private readonly int _brokerPort;
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();

    public EventHubsGateway(string brokerAddress)
    {
        _brokerPort = int.Parse(brokerAddress.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public SaslLogins Logins { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The authority that a client must trust.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    public string Namespace => $"127.0.0.1:{Port}";

    /// <summary>Makes a connection string, and the gateway accept it from now on.</summary>
    public string AcceptKey(string key) =>
        Logins.ConnectionString = ConnectionString(key);

    public string ConnectionString(string key) =>
        $"Endpoint=sb://127.0.0.1:{Port}/;SharedAccessKeyName=send;SharedAccessKey={key}";

    /// <summary>Closes every connection, as a namespace does that is moved or upgraded.</summary>
    public void CutConnections()
    {
        using var cut = Interlocked.Exchange(ref _cut, new CancellationTokenSource());
        cut.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _certificate.Dispose();
        _stopping.Dispose();
        _cut.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                var serving = Task.Run(() => ServeAsync(client));
                _connections[serving] = 0;
            }
        }
        catch (Exception exception) when (_stopping.IsCancellationRequested &&
            exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed; the listener may have been stopped between two connections.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, _cut.Token);
        using (client)
        using (var broker = new TcpClient())
        {
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, _brokerPort, ending.Token);
                await using var connection = new GatewayConnection(client.GetStream(), broker.GetStream(), Logins, _brokerPort, Port);
                await connection.RunAsync(_certificate, ending.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException
                or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The client or the broker has gone, or the connection was cut.
            }
        }
    }
}
