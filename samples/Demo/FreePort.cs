using System.Net;
using System.Net.Sockets;

namespace Telemetry.Samples.Demo;

/// <summary>A port of loopback that nothing listens on.</summary>
internal static class FreePort
{
    /// <summary>
    /// Lets the kernel choose. Another program may take it before the child does; the child then ends at once with its
    /// reason in the log, which the demo shows.
    /// </summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
