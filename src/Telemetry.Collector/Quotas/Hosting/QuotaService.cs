using System.Text.Json;
using Microsoft.Extensions.Options;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.Quotas.Consuming;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Thresholds;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Quotas.Hosting;

/// <summary>
/// Starts the Quota Service in its order: state log, limits, the tables' positions, the stream from there on; then it answers. Nothing is
/// answered before, and nothing of it keeps the rest of the Collector from starting.
/// </summary>
internal sealed class QuotaService(
    QuotaLedger ledger, LimitBook limits, IStateLog log, ThresholdPublisher thresholds, QuotaResources resources, QuotaProgress progress,
    IOptions<DirectTopicsOptions> direct, IOptions<QuotaFeedOptions> options, TimeProvider time, ILogger<QuotaService> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(5);

    private long _records;
    private volatile bool _isRestored;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReplayAsync(stoppingToken);
            // Before the limits are whole, a user would have none.
            await limits.Ready.WaitAsync(stoppingToken);
            ledger.Restored();

            progress.At(QuotaStage.FindingPositions);
            var topics = resources.Schemas.Select(schema => schema.Topic).ToList();
            using var reader = new PositionReader(direct.Value.Kafka!, direct.Value.GroupPrefix, topics);
            var positions = new PositionWatch(reader, ledger, progress, time);
            var start = await positions.BeginAsync(options.Value.PositionInterval, stoppingToken);
            ledger.Begin(start);

            progress.At(QuotaStage.CatchingUp);
            await FollowAsync(topics, positions, start, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task FollowAsync(IReadOnlyList<string> topics, PositionWatch positions, UsagePositions start, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var consumer = AssignedConsumer.Create(direct.Value.Kafka!, "quota-usage", "quota-usage");
        var stream = new UsageStream(consumer, topics, ledger, ledger, positions, progress, time, logger);
        var reading = Task.Factory.StartNew(() => stream.Run(start, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var following = positions.RunAsync(options.Value.PositionInterval, ending.Token);
        try
        {
            // None of them ends by itself: where one breaks down, so does the service.
            await await Task.WhenAny(reading, following, SweepAsync(ending.Token));
        }
        finally
        {
            await ending.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReplayAsync(CancellationToken stopping)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await log.ReplayAsync(Apply, stopping);
                _isRestored = true;
                logger.StateRestored(_records);
                return;
            }
            catch (StateLogException exception)
            {
                logger.StateLogNotRead(delay, exception.Message);
                progress.At(QuotaStage.Replaying, exception.Message);
                await Task.Delay(delay, time, stopping);
            }
        }
    }

    // After the start only the limit book takes what comes: a user has one owner, and a reservation that comes later is one's own.
    private void Apply(StateRecord record)
    {
        if (_isRestored)
            return;
        _records++;
        try
        {
            if (ThresholdPublisher.Owns(record))
                thresholds.Restore(record);
            else
                ledger.Restore(record);
        }
        catch (JsonException exception)
        {
            logger.StateRecordRefused(record.Key, exception.Message);
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await ledger.SweepAsync(stopping);
            }
            catch (StateLogException exception)
            {
                logger.NotSwept(exception.Message);
            }
        }
    }
}
