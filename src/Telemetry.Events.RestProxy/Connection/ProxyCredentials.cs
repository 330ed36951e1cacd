using System.Net.Http.Headers;
using System.Text;

namespace Telemetry.Events.RestProxy;

/// <summary>Makes the Authorization header of each request. Safe for use from any thread.</summary>
internal sealed class ProxyCredentials
{
    private readonly Func<CancellationToken, ValueTask<string>>? _provider;
    private AuthenticationHeaderValue? _header;

    public ProxyCredentials(RestProxyTransportOptions options, RestProxyUrl url)
    {
        _provider = options.BearerTokenProvider;
        var (user, password) = options.UserName is null ? (url.UserName, url.Password) : (options.UserName, options.Password);
        if (options.BearerToken is not null)
            _header = new AuthenticationHeaderValue("Bearer", options.BearerToken);
        else if (user is not null)
            _header = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    /// <summary>Whether requests carry any.</summary>
    public bool Exist => _provider is not null || _header is not null;

    /// <exception cref="TokenUnavailableException">The token provider failed.</exception>
    public ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellationToken) =>
        _provider is null ? ValueTask.FromResult(_header) : FetchAsync(_provider, cancellationToken);

    private async ValueTask<AuthenticationHeaderValue?> FetchAsync(
        Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        try
        {
            var token = await provider(cancellationToken).ConfigureAwait(false);
            // A race renews the header twice, which harms nobody.
            var header = _header;
            if (header is null || !ReferenceEquals(header.Parameter, token))
                _header = header = Bearer(token);
            return header;
        }
#pragma warning disable CA1031 // Whatever a service's own code throws, events must wait and not be lost.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new TokenUnavailableException(exception);
        }
    }

    /// <summary>Whether a header can carry it.</summary>
    public static bool IsToken(string? token) => !string.IsNullOrEmpty(token) && token.All(c => c is > ' ' and <= '~');

    // HttpClient's own words about a header that it cannot send may quote it.
    private static AuthenticationHeaderValue Bearer(string token) => IsToken(token)
        ? new AuthenticationHeaderValue("Bearer", token)
        : throw new FormatException("The token is empty or holds characters that a header cannot carry.");
}
