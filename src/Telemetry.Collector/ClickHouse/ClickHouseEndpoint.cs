using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Collector.ClickHouse;

/// <summary>The parsed address. Splits what may be shown from what must not: <see cref="ToString"/> masks the user and the password.</summary>
internal sealed class ClickHouseEndpoint
{
    private const string DefaultUser = "default";
    private const int HttpPort = 8123;
    private const int HttpsPort = 8443;

    private ClickHouseEndpoint(Uri address)
    {
        (Scheme, Host) = (address.Scheme, address.Host);
        // Uri fills in 80 and 443, which are not where ClickHouse listens: only a port that was written counts.
        Port = address.IsDefaultPort && !address.OriginalString.TrimEnd('/').EndsWith($":{address.Port}", StringComparison.Ordinal)
            ? Scheme == Uri.UriSchemeHttps ? HttpsPort : HttpPort
            : address.Port;
        var separator = address.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = separator < 0 ? address.UserInfo : address.UserInfo[..separator];
        User = user.Length == 0 ? DefaultUser : Uri.UnescapeDataString(user);
        Password = separator < 0 ? "" : Uri.UnescapeDataString(address.UserInfo[(separator + 1)..]);
        HasCredentials = address.UserInfo.Length > 0;
    }

    public string Scheme { get; }

    public string Host { get; }

    /// <summary>Default 8123, for https 8443.</summary>
    public int Port { get; }

    public string User { get; }

    public string Password { get; }

    private bool HasCredentials { get; }

    public static bool TryParse(string? url, [NotNullWhen(true)] out ClickHouseEndpoint? endpoint)
    {
        endpoint = Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.PathAndQuery == "/"
            && address.Fragment.Length == 0
                ? new ClickHouseEndpoint(address)
                : null;
        return endpoint is not null;
    }

    /// <exception cref="ArgumentException">Not an address; the validator has let it through.</exception>
    public static ClickHouseEndpoint Parse(string? url) =>
        TryParse(url, out var endpoint) ? endpoint : throw new ArgumentException("No address of a ClickHouse.", nameof(url));

    public override string ToString() => $"{Scheme}://{(HasCredentials ? "***@" : "")}{Host}:{Port}";
}
