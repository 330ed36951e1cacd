using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Telemetry.RestProxy.Conformance.Hosting;

/// <summary>Counts TCP connections and finds one by its id, to cut it.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new();
    private int _total;

    public int Now => _open.Count;

    public int Ever => Volatile.Read(ref _total);

    public ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _total);
        _open[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    };

    /// <summary>Closes the socket at once, all HTTP/2 streams on it included.</summary>
    public void Reset(string connectionId)
    {
        if (_open.TryGetValue(connectionId, out var connection))
            connection.Abort();
    }

    /// <summary>What is kept for as long as a connection lives.</summary>
    public IDictionary<object, object?> ItemsOf(string connectionId) => _open[connectionId].Items;
}
