namespace Telemetry.RestProxy.Conformance.Hosting;

/// <summary>A request under way, and what the log will say of it.</summary>
internal sealed class Exchange(HttpContext context, RequestLog log, CancellationToken stopping)
{
    private readonly long _number = log.NextNumber();
    private bool _isLogged;

    public HttpContext Context { get; } = context;

    /// <summary>The path without the server's prefix, split at its slashes.</summary>
    public required string[] Segments { get; init; }

    /// <summary>Signalled when the server is disposed.</summary>
    public CancellationToken Stopping { get; } = stopping;

    public string? Topic { get; set; }

    public int RecordCount { get; set; }

    public long BodyBytes { get; set; }

    public RestFault? Fault { get; set; }

    /// <summary>Why a v3 stream ended before its body did; its reply's last object.</summary>
    public RecordFailure? StreamError { get; set; }

    /// <summary>Puts it into the log, once. Comes before the reply, so that a client with its answer finds it there.</summary>
    public void Log()
    {
        if (_isLogged || !log.IsOn)
            return;

        _isLogged = true;
        var request = Context.Request;
        log.Add(new RecordedRequest
        {
            Number = _number,
            Method = request.Method,
            Path = request.Path.Value ?? "",
            Query = request.QueryString.Value ?? "",
            Headers = request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Protocol = request.Protocol,
            ConnectionId = Context.Connection.Id,
            Topic = Topic,
            RecordCount = RecordCount,
            BodyBytes = BodyBytes,
            Fault = Fault,
        });
    }
}
