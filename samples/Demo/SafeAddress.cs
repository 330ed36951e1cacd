namespace Telemetry.Samples.Demo;

/// <summary>Addresses as they may be shown.</summary>
internal static class SafeAddress
{
    /// <summary>Scheme, host, port and path: no user, no password, no parameters.</summary>
    public static string Of(Uri url) =>
        url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
