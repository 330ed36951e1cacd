using System.Net.Sockets;

namespace Telemetry.Events.RestProxy;

/// <summary>One TCP connection to the proxy, which knows the exchange that writes to it.</summary>
/// <remarks>
/// HttpClient gives a connection back to its pool as soon as a reply has ended, whatever the reply says. One that spoke nonsense is
/// not to be trusted with further events, so the exchange must be able to close it.
/// </remarks>
internal sealed class ProxyConnection(Socket socket, ProxyConnections owner) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>The exchange whose request runs in this asynchronous flow; HTTP/1.1 writes a request in the flow of its sender.</summary>
    public static AsyncLocal<Exchange?> Sender { get; } = new();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Sender.Value is { } exchange)
            exchange.Connection = this;
        return base.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        owner.Forget(this);
        base.Dispose(disposing);
    }
}
