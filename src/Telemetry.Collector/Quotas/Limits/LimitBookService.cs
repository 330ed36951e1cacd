using Microsoft.Extensions.Options;
using Telemetry.Collector.Quotas.Limits.File;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>Makes the book whole at the start: the state log first, the limits file then. Later it looks at the file for changes.</summary>
internal sealed class LimitBookService(
    LimitBook book, IStateLog log, IOptions<LimitsFileOptions> options, KnownResources resources, LimitsFileState state, TimeProvider time,
    ILogger<LimitBookService> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private byte[]? _applied;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await InsistAsync(token => log.ReplayAsync(Apply, token), stoppingToken);
            if (options.Value.LimitsPath is not { } path)
            {
                book.MarkReady();
                return;
            }

            // Its content was good a moment ago, when the options were checked.
            while (!await LookAsync(path, stoppingToken))
                await Task.Delay(RetryDelay, time, stoppingToken);
            book.MarkReady();
            using var timer = new PeriodicTimer(options.Value.LimitsPollInterval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(path, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private void Apply(StateRecord record)
    {
        if (!LimitBook.Owns(record))
            return;
        try
        {
            book.Apply(record);
        }
        catch (System.Text.Json.JsonException exception)
        {
            logger.RecordNotRead(record.Key, exception);
        }
    }

    // The log's own reason is in the exception; nothing can be answered before, so that nothing but trying again is left.
    private async Task InsistAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await act(cancellationToken);
                return;
            }
            catch (StateLogException exception)
            {
                logger.LogNotRead(exception);
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    /// <returns>Whether the file's present content is in force.</returns>
    private async Task<bool> LookAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
            if (_applied is not null && bytes.AsSpan().SequenceEqual(_applied))
            {
                state.Set(null);
                return true;
            }

            var changed = await book.ApplyFileAsync(LimitsFile.Read(bytes, path, resources), cancellationToken);
            (_applied, var isFirst) = (bytes, _applied is null);
            if (changed > 0 || !isFirst)
                logger.FileApplied(path, changed);
            state.Set(null);
            return true;
        }
        catch (LimitsFileException exception)
        {
            Fail(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail($"The limits file '{path}' cannot be read: {exception.Message}");
        }
        catch (StateLogException exception)
        {
            Fail($"The state log did not take the limits file's changes: {exception.Message}");
        }

        return false;
    }

    // Once for each reason, not at every look.
    private void Fail(string reason)
    {
        if (state.Set(reason))
            logger.FileNotApplied(reason);
    }
}
