using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// A proxy's address in one line, as KAFKA_PROXY_URL holds it: <c>http(s)://[user:password@]host[:port][/prefix]</c>, user and
/// password percent-encoded. Immutable; <see cref="Base"/> and the text form hold no secret.
/// </summary>
internal sealed class RestProxyUrl
{
    private const string Form = "http(s)://[user:password@]host[:port][/prefix]";

    private RestProxyUrl(Uri @base, string? userName, string? password)
    {
        Base = @base;
        UserName = userName;
        Password = password;
    }

    /// <summary>The address without user and password; its path ends with a slash.</summary>
    public Uri Base { get; }

    public string? UserName { get; }

    public string? Password { get; }

    public static bool TryParse(
        string? text, [NotNullWhen(true)] out RestProxyUrl? result, [NotNullWhen(false)] out string? error)
    {
        error = Read((text ?? "").Trim(), out result);
        if (error is not null)
            error = $"'{Mask(text ?? "")}' is no REST proxy address: {error}. It reads {Form}.";
        return error is null;
    }

    public override string ToString() => Base.ToString();

    private static string? Read(string text, out RestProxyUrl? result)
    {
        result = null;
        if (text.Length == 0)
            return "it is empty";
        var schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0)
            return "it has no http:// or https:// in front";
        if (text[..schemeEnd].ToLowerInvariant() is not ("http" or "https"))
            return "its scheme is neither http nor https";
        // Else the rest of a password would be taken for a path or a query, and shown as such.
        if (text.AsSpan(schemeEnd + 3).LastIndexOf('@') > text.AsSpan(schemeEnd + 3).IndexOfAny('/', '?', '#') &&
            text.AsSpan(schemeEnd + 3).IndexOfAny('/', '?', '#') >= 0)
        {
            return "an @ stands behind its first /, ? or #; write those in a password as %2F, %3F and %23";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return "its host or port cannot be read";
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "it has a query or a fragment";
        if (uri.Port is < 1 or > 65535)
            return "its port is not from 1 to 65535";

        string? user = null, password = null;
        if (uri.UserInfo.Length > 0)
        {
            var colon = uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                return "before the @ it has no user:password";
            (user, password) = (Uri.UnescapeDataString(uri.UserInfo[..colon]), Uri.UnescapeDataString(uri.UserInfo[(colon + 1)..]));
            if (user.Contains(':', StringComparison.Ordinal))
                return "its user holds a colon, which basic authentication cannot carry";
        }

        var path = uri.AbsolutePath.TrimEnd('/') + "/";
        result = new RestProxyUrl(new UriBuilder(uri.Scheme, uri.Host, uri.Port, path).Uri, user, password);
        return null;
    }

    /// <summary>Masks a text that may not even be an address: what stands before the last @, and a query.</summary>
    private static string Mask(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var at = text.LastIndexOf('@');
        var masked = at < 0 ? text : (scheme >= 0 && scheme < at ? text[..(scheme + 3)] : "") + "***" + text[at..];
        var query = masked.IndexOfAny(['?', '#']);
        return query < 0 ? masked : masked[..(query + 1)] + "***";
    }
}
