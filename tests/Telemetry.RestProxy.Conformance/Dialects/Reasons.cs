using Microsoft.AspNetCore.WebUtilities;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>The words of a bare HTTP status.</summary>
internal static class Reasons
{
    /// <summary>As a JAX-RS exception without a message has it: <c>HTTP 404 Not Found</c>.</summary>
    public static string Jersey(int status) => $"HTTP {status} {Netty(status)}";

    /// <summary>As Netty has it: <c>Not Found</c>.</summary>
    public static string Netty(int status) => ReasonPhrases.GetReasonPhrase(status);
}
