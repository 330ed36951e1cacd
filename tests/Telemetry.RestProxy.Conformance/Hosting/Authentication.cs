using System.Security.Cryptography;
using System.Text;

namespace Telemetry.RestProxy.Conformance.Hosting;

/// <summary>Compares the <c>Authorization</c> header with what the options ask for.</summary>
internal sealed class Authentication
{
    private readonly List<byte[]> _accepted = [];
    private readonly string _challenge;

    public Authentication(RestProxyServerOptions options)
    {
        if (options.BasicCredentials is { } basic)
            _accepted.Add(Encoding.UTF8.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.User}:{basic.Password}"))));
        if (options.BearerToken is { } token)
            _accepted.Add(Encoding.UTF8.GetBytes($"Bearer {token}"));
        _challenge = options.BasicCredentials is null ? "Bearer" : "Basic realm=\"kafka\"";
    }

    public bool IsAllowed(HttpContext context)
    {
        if (_accepted.Count == 0)
            return true;

        var header = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (_accepted.Exists(accepted => CryptographicOperations.FixedTimeEquals(header, accepted)))
            return true;

        context.Response.Headers.WWWAuthenticate = _challenge;
        return false;
    }
}
