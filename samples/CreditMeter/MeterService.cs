using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Samples.CreditMeter;

/// <summary>Charges what runs at each interval, and what is left of the interval when the service stops.</summary>
internal sealed partial class MeterService(
    IEventPublisher events, IRunningTasks tasks, IOptions<MeterOptions> options, TimeProvider time, ILogger<MeterService> logger)
    : BackgroundService
{
    private readonly MeterOptions _options = options.Value;
    private long _chargedUntil = time.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ChargeAsync();
        }
        catch (OperationCanceledException)
        {
            // The service stops; the publisher does so behind it.
        }

        await ChargeAsync();
    }

    // Not cancelled by the stop: half of an interval's charges would be lost with it. The host's shutdown time bounds it.
    private async Task ChargeAsync()
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_chargedUntil, now).TotalSeconds;
        _chargedUntil = now;
        foreach (var task in tasks.Now())
        {
            await ChargeCpuAsync(task, seconds);
            if (task.Gpus > 0)
                await ChargeGpuAsync(task, seconds);
        }
    }

    private ValueTask ChargeCpuAsync(RunningTask task, double seconds)
    {
        var credits = Credits(_options.CreditsPerCoreSecond, task.Cores, seconds);
        return CheckAsync(task, task.Node is null
            ? events.PublishAsync(new WkfCpuCharge(task.UserId, task.TaskId, credits, seconds, task.Cores))
            : events.PublishAsync(new KuberCpuCharge(task.UserId, task.TaskId, task.Node, credits, seconds, task.Cores)));
    }

    private ValueTask ChargeGpuAsync(RunningTask task, double seconds)
    {
        var credits = Credits(_options.CreditsPerGpuSecond, task.Gpus, seconds);
        return CheckAsync(task, task.Node is null
            ? events.PublishAsync(new WkfGpuCharge(task.UserId, task.TaskId, credits, seconds, task.Gpus))
            : events.PublishAsync(new KuberGpuCharge(task.UserId, task.TaskId, task.Node, credits, seconds, task.Gpus)));
    }

    private async ValueTask CheckAsync(RunningTask task, ValueTask<PublishResult> publishing)
    {
        var result = await publishing;
        if (!result.IsAccepted)
            ChargeRefused(task.UserId, task.TaskId, result.Refusal);
    }

    private static decimal Credits(decimal perUnitSecond, double units, double seconds) =>
        Math.Round(perUnitSecond * (decimal)(units * seconds), decimals: 6);

    [LoggerMessage(1, LogLevel.Error, "A charge to {UserId} for {TaskId} was refused: {Refusal}.")]
    private partial void ChargeRefused(string userId, string taskId, RefusalReason refusal);
}
