using System.Net;

namespace Telemetry.Collector.Hosting;

/// <summary>Which addresses configuration makes the server listen on, and how far they reach.</summary>
internal static class ListenAddresses
{
    public const string Default = "http://127.0.0.1:8080";

    /// <summary>Every configured address; Kestrel's own endpoints as well as those that they would override.</summary>
    public static IReadOnlyList<string> Configured(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        // ASP.NET looks at the ports (set by its container images) only where there are no urls, and then at every interface.
        if (urls.Length == 0)
        {
            urls =
            [
                .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ];
        }

        return [.. endpoints, .. urls];
    }

    public static bool TryParse(string address, out BindingAddress parsed)
    {
        try
        {
            parsed = BindingAddress.Parse(address);
            return true;
        }
        catch (FormatException)
        {
            parsed = null!;
            return false;
        }
    }

    /// <summary>Whether only this machine reaches it. Kestrel takes any other host name for "every interface".</summary>
    public static bool IsLocal(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
