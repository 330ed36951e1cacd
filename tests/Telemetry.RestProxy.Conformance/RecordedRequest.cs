namespace Telemetry.RestProxy.Conformance;

/// <summary>A request as the server got it, for assertions.</summary>
public sealed record RecordedRequest
{
    /// <summary>Counts all requests from 1, in the order in which they began.</summary>
    public required long Number { get; init; }

    /// <summary>Such as <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path with its prefix, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark; empty if there is none.</summary>
    public required string Query { get; init; }

    /// <summary>The headers, names compared without case; repeated ones joined by commas.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The same for all requests of one TCP connection.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>The topic of a produce request.</summary>
    public string? Topic { get; init; }

    /// <summary>The records that could be read, 0 for a request that was refused before.</summary>
    public int RecordCount { get; init; }

    /// <summary>The bytes of the body as read, after inflating.</summary>
    public long BodyBytes { get; init; }

    /// <summary>The fault that it met.</summary>
    public RestFault? Fault { get; init; }
}
