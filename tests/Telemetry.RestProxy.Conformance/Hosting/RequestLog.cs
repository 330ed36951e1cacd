namespace Telemetry.RestProxy.Conformance.Hosting;

/// <summary>Keeps the newest requests.</summary>
internal sealed class RequestLog(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private long _number;

    public bool IsOn => capacity > 0;

    public long NextNumber() => Interlocked.Increment(ref _number);

    public void Add(RecordedRequest request)
    {
        lock (_gate)
        {
            if (_requests.Count == capacity)
                _requests.Dequeue();
            _requests.Enqueue(request);
        }
    }

    public RecordedRequest[] Snapshot()
    {
        lock (_gate)
            return [.. _requests.OrderBy(request => request.Number)];
    }

    public void Clear()
    {
        lock (_gate)
            _requests.Clear();
    }
}
