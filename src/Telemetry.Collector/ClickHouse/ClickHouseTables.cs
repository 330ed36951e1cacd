using System.Data.Common;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.ClickHouse;

/// <summary>
/// Sees to it that tables are there before they are used: made or brought up to date at the start, or, while the server does not answer,
/// with the first use after it does. From any thread.
/// </summary>
internal sealed partial class ClickHouseTables(ClickHouseDatabase database, IReadOnlyList<SchemaComponent> components, ILogger<ClickHouseTables> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _areThere;

    public ClickHouseDatabase Database => database;

    /// <summary>Returns at once where it was done before.</summary>
    /// <exception cref="DbException">The server does not answer, refuses a statement, or has tables of a newer Collector.</exception>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (_areThere)
            return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var component in components)
                await PrepareAsync(component, cancellationToken);
            _areThere = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <exception cref="StartupException">The server refuses a statement, or has tables of a newer Collector.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await PrepareAsync(patience.Token);
        }
        catch (Exception exception) when (exception is ClickHouseException { InnerException: not InvalidOperationException }
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotPrepared(logger, exception.Message);
        }
        catch (DbException exception)
        {
            throw new StartupException(
                $"The Collector's tables in ClickHouse cannot be made: {exception.Message.ReplaceLineEndings(" ")} Where its user may not make tables, " +
                "run `telemetry-collector schema apply` with one that may.",
                exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _gate.Dispose();

    private async Task PrepareAsync(SchemaComponent component, CancellationToken cancellationToken)
    {
        // A user who may only read and write needs no other right where all is there.
        if (await ClickHouseMigrations.FindVersionAsync(database, component.Name, cancellationToken) == component.Steps.Count)
            return;
        try
        {
            await ClickHouseMigrations.ApplyAsync(database, component.Name, component.Steps, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw new ClickHouseException(exception.Message, exception);
        }
    }

    [LoggerMessage(
        EventId = 2402,
        Level = LogLevel.Warning,
        Message = "ClickHouse does not answer; the Collector starts, reads no further than it can store, and goes on trying: {Reason}")]
    private static partial void NotPrepared(ILogger logger, string reason);
}
