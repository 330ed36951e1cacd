namespace Telemetry.RestProxy.Conformance;

/// <summary>The form of the answer to a faulted request.</summary>
public enum RestReply
{
    /// <summary>The dialect's own reply to what was stored.</summary>
    Normal,

    /// <summary>An error of the whole request: <see cref="RestFault.Status"/> and the dialect's error body.</summary>
    Error,

    /// <summary>The right status and content type, and bytes that are no JSON.</summary>
    Garbage,

    /// <summary>A page as a load balancer sends it: <c>text/html</c>, <see cref="RestFault.Status"/>.</summary>
    HtmlPage,

    /// <summary>The headers, the first half of the normal reply, and the connection is cut.</summary>
    HalfBody,

    /// <summary>Nothing until the client gives up or the server is disposed.</summary>
    Never,

    /// <summary>The TCP connection is reset without a byte of an answer; with HTTP/2 all its streams are.</summary>
    Reset,
}
