namespace Telemetry.Events.RestProxy;

/// <summary>Whether requests are compressed.</summary>
public enum RequestCompression
{
    /// <summary>No compression. The default: compressing costs several times the CPU of everything else that a request needs.</summary>
    Never = 0,

    /// <summary>
    /// gzip, until the proxy refuses it: a 415, or a 400 or 422 before any compressed request has succeeded. From then on requests
    /// go uncompressed, the refused one first.
    /// </summary>
    Auto,
}
