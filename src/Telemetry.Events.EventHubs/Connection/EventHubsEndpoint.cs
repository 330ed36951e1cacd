namespace Telemetry.Events.EventHubs;

/// <summary>A namespace's host, with the port where it is not the Kafka endpoint's usual one.</summary>
internal static class EventHubsEndpoint
{
    private const int KafkaPort = 9093;

    /// <summary>Reads <c>host</c> or <c>host:port</c>.</summary>
    /// <param name="text">The fully qualified namespace.</param>
    /// <param name="host">The host alone; tokens are asked for it.</param>
    /// <param name="port">The port.</param>
    public static bool TryParse(string? text, out string host, out int port)
    {
        (host, port) = (text?.Trim() ?? "", KafkaPort);
        var colon = host.LastIndexOf(':');
        if (colon >= 0)
        {
            if (!ushort.TryParse(host.AsSpan(colon + 1), out var given) || given == 0)
                return false;
            (host, port) = (host[..colon], given);
        }

        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;
    }
}
