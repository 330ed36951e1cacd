using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Opens the connections of the HTTP handler and closes them at the end: IHttpClientFactory never disposes its handlers, and
/// Strimzi keeps a Kafka producer for each open connection.
/// </summary>
internal sealed class ProxyConnections
{
    private readonly ConcurrentDictionary<ProxyConnection, bool> _open = new();

    /// <summary>How many are open.</summary>
    public int Count => _open.Count;

    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            var connection = new ProxyConnection(socket, this);
            _open[connection] = true;
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Forget(ProxyConnection connection) => _open.TryRemove(connection, out _);

    public void CloseAll()
    {
        foreach (var connection in _open.Keys)
            connection.Dispose();
    }
}
