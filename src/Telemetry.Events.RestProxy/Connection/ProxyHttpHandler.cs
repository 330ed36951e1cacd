namespace Telemetry.Events.RestProxy;

/// <summary>Makes the HTTP handler: few connections, long-lived, none of them used again after half a reply.</summary>
internal static class ProxyHttpHandler
{
    // Long enough to be worth a connection, short enough to follow a proxy that moves to another address.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    public static SocketsHttpHandler Create(RestProxyTransportOptions options, ProxyConnections connections) => new()
    {
        ConnectCallback = connections.OpenAsync,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        PooledConnectionLifetime = ConnectionLifetime,
        // A reply that is given up is not read to its end to save its connection.
        MaxResponseDrainSize = 0,
        // Credentials and events go where the options say, and nowhere else.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
