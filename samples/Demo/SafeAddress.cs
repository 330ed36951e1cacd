namespace Telemetry.Samples.Demo;

/// <summary>Addresses as they may be shown: without users, passwords and parameters.</summary>
internal static class SafeAddress
{
    /// <summary>The hosts of a broker's address, which may be <c>kafka://user:password@host:port?…</c>.</summary>
    public static string OfBroker(string url)
    {
        var start = url.LastIndexOf('@') + 1;
        if (start == 0 && url.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
            start = scheme + 3;
        var rest = url[start..];
        return rest.IndexOf('?', StringComparison.Ordinal) is var end and >= 0 ? rest[..end] : rest;
    }

    /// <summary>Scheme, host, port and path.</summary>
    public static string Of(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
