using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>Deletes the runs that are older than the retention, every hour. ClickHouse does it by itself.</summary>
internal sealed partial class RunRetention(DuckDbRunStore store, IOptions<StorageOptions> options, TimeProvider time, ILogger<RunRetention> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.RetentionDays is not { } days)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (await store.ForgetAsync(time.GetUtcNow().AddDays(-days), stoppingToken) is > 0 and var runs)
                    Forgotten(logger, runs, days);
            }
            catch (DbException exception)
            {
                NotForgotten(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 2403, Level = LogLevel.Information, Message = "{Runs} runs that began more than {Days} days ago are deleted")]
    private static partial void Forgotten(ILogger logger, int runs, int days);

    [LoggerMessage(EventId = 2404, Level = LogLevel.Warning, Message = "Old runs could not be deleted; the next try is in an hour")]
    private static partial void NotForgotten(ILogger logger, Exception exception);
}
