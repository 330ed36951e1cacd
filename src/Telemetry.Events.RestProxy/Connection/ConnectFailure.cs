namespace Telemetry.Events.RestProxy;

/// <summary>Tells a connection that was never made, so that nothing was sent, from one that broke.</summary>
internal static class ConnectFailure
{
    public static bool Is(Exception? exception) => exception switch
    {
        HttpRequestException http => http.HttpRequestError is
            HttpRequestError.NameResolutionError or
            HttpRequestError.ConnectionError or
            HttpRequestError.SecureConnectionError or
            HttpRequestError.ProxyTunnelError,
        // How SocketsHttpHandler says that its ConnectTimeout is over.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
