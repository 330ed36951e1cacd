using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace Telemetry.Collector.Prometheus;

/// <summary>
/// The parsed address. Splits what may be shown from what must not: <see cref="ToString"/> masks the user and the password.
/// </summary>
internal sealed class PrometheusEndpoint
{
    private readonly string _userInfo;

    private PrometheusEndpoint(Uri address)
    {
        _userInfo = address.UserInfo;
        var bare = new UriBuilder(address) { UserName = "", Password = "" };
        // Without the slash, the API's path would replace the prefix's last part instead of following it.
        if (!bare.Path.EndsWith('/'))
            bare.Path += "/";
        BaseAddress = bare.Uri;
    }

    /// <summary>Without credentials; ends with a slash.</summary>
    public Uri BaseAddress { get; }

    public bool HasCredentials => _userInfo.Length > 0;

    /// <summary>The header that the credentials ask for, or null.</summary>
    public AuthenticationHeaderValue? Authorization
    {
        get
        {
            if (!HasCredentials)
                return null;
            var separator = _userInfo.IndexOf(':', StringComparison.Ordinal);
            var user = Uri.UnescapeDataString(separator < 0 ? _userInfo : _userInfo[..separator]);
            var password = separator < 0 ? "" : Uri.UnescapeDataString(_userInfo[(separator + 1)..]);
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }
    }

    public static bool TryParse(string? url, [NotNullWhen(true)] out PrometheusEndpoint? endpoint)
    {
        endpoint = Uri.TryCreate(url, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address.Query.Length == 0
            && address.Fragment.Length == 0
                ? new PrometheusEndpoint(address)
                : null;
        return endpoint is not null;
    }

    /// <exception cref="ArgumentException">Not an address; the validator has let it through.</exception>
    public static PrometheusEndpoint Parse(string? url) =>
        TryParse(url, out var endpoint) ? endpoint : throw new ArgumentException("No address of a Prometheus.", nameof(url));

    public override string ToString()
    {
        var shown = BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return HasCredentials ? shown.Replace("://", "://***@", StringComparison.Ordinal) : shown;
    }
}
