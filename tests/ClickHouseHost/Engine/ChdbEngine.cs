using System.Threading.Channels;

namespace Telemetry.ClickHouseHost.Engine;

/// <summary>The engine over one folder: connections that HTTP requests take in turn.</summary>
internal sealed class ChdbEngine : IDisposable
{
    private readonly Channel<ChdbConnection> _idle;
    private readonly List<ChdbConnection> _all = [];

    /// <param name="library">libchdb.so.</param>
    /// <param name="folder">Where the data is kept.</param>
    /// <param name="configuration">A server configuration in XML, for what no SQL can set, such as librdkafka's settings; null for none.</param>
    /// <param name="connections">Queries that may run at once.</param>
    public ChdbEngine(string library, string folder, string? configuration, int connections)
    {
        string[] arguments = configuration is null
            ? ["clickhouse", $"--path={folder}"]
            : ["clickhouse", $"--path={folder}", $"--config-file={configuration}"];
        LibChdb.Load(library);
        LibChdb.SetSignalHandlersEnabled(0);
        _idle = Channel.CreateUnbounded<ChdbConnection>();
        for (var i = 0; i < connections; i++)
        {
            var connection = new ChdbConnection(arguments);
            _all.Add(connection);
            _idle.Writer.TryWrite(connection);
        }
    }

    public ValueTask<ChdbConnection> RentAsync(CancellationToken cancellationToken) => _idle.Reader.ReadAsync(cancellationToken);

    public void Return(ChdbConnection connection) => _idle.Writer.TryWrite(connection);

    public void Dispose() => _all.ForEach(connection => connection.Dispose());
}
