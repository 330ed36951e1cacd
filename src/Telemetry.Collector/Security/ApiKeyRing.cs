using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Telemetry.Collector.Security;

/// <summary>The configured keys. Immutable; safe for use from any thread.</summary>
internal sealed class ApiKeyRing(IOptions<ApiKeyOptions> options)
{
    public const string HeaderName = "X-Api-Key";

    /// <summary>The name of everyone where no keys are configured.</summary>
    public const string Anonymous = "anonymous";

    private const string BearerPrefix = "Bearer ";

    private readonly (string Name, byte[] Hash)[] _keys =
        [.. options.Value.ApiKeys.Select(key => (ApiKeyOptions.NameOf(key.Key), SHA256.HashData(Encoding.UTF8.GetBytes(key.Value))))];

    /// <summary>Whether everyone on this machine may call.</summary>
    public bool IsOpen => _keys.Length == 0;

    /// <summary>The key that a request shows, right or wrong; null for none.</summary>
    public static string? Presented(HttpRequest request)
    {
        if (request.Headers.TryGetValue(HeaderName, out var key))
            return key.ToString();
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? authorization[BearerPrefix.Length..].Trim()
            : null;
    }

    /// <summary>The name of a key; null where it is none of these.</summary>
    public string? FindName(string presented)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);
        string? name = null;
        // Hashes have one length, and every key is compared to its end: the time taken says nothing about any key.
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
                name = key.Name;
        }

        return name;
    }
}
