using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Telemetry.Events.Reporting;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>
/// Sends a batch by one lane's transport until all its events are settled. One batch at a time, but for <see cref="TryAsync"/>.
/// </summary>
internal sealed class BatchSender
{
    private readonly Lane _lane;
    private readonly IEventTransport _transport;
    private readonly PublisherMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ReportTopic _reports;
    private readonly ResiliencePipeline<int> _retry;
    private readonly SpillTrigger? _trigger;
    private readonly TimeSpan _spillAfter;

    // Owned by the call that runs.
    private OutgoingBatch? _batch;
    private CancellationToken _endAttempt;
    private long _startedAt;
    private bool _hasFailed;

    // Written by concurrent attempts too: the last one's is as good as another's.
    private volatile string _lastReason = "unknown";

    /// <param name="lane">The lane; its account takes the retries.</param>
    /// <param name="context">What senders work with.</param>
    /// <param name="trigger">Told when a batch fails for long; null where nobody listens.</param>
    public BatchSender(Lane lane, SenderContext context, SpillTrigger? trigger = null)
    {
        _lane = lane;
        _transport = lane.Transport;
        _metrics = context.Metrics;
        _time = context.Time;
        _trigger = trigger;
        _spillAfter = context.Options.SpillAfter;
        _logger = context.Logger;
        _reports = context.Reports;
        _retry = new ResiliencePipelineBuilder<int> { TimeProvider = context.Time }
            .AddRetry(new RetryStrategyOptions<int>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = context.Options.RetryDelay,
                MaxDelay = context.Options.RetryMaxDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result > 0),
                OnRetry = OnRetry,
            })
            .Build();
    }

    /// <summary>Sends until all is settled; false where the token ended it before. What is settled then is accounted for.</summary>
    public ValueTask<bool> SendAsync(OutgoingBatch batch, CancellationToken cancellationToken) =>
        SendAsync(batch, cancellationToken, cancellationToken);

    /// <summary>Sends until all is settled; false where a token ended it before. What is settled then is accounted for.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="endAttempt">Ends an attempt.</param>
    /// <param name="endRetries">Ends the pause between two attempts; an attempt that runs is waited for.</param>
    /// <param name="failedSince">When an attempt began that has failed already, as a timestamp; null where there was none.</param>
    public async ValueTask<bool> SendAsync(
        OutgoingBatch batch, CancellationToken endAttempt, CancellationToken endRetries, long? failedSince = null)
    {
        _batch = batch;
        _endAttempt = endAttempt;
        _startedAt = failedSince ?? _time.GetTimestamp();
        _hasFailed = failedSince is not null;
        try
        {
            await _retry.ExecuteAsync(static (sender, _) => sender.AttemptAsync(), this, endRetries).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (endRetries.IsCancellationRequested)
        {
            // Whoever owns the batch decides about the rest.
        }

        return batch.Remaining == 0;
    }

    /// <summary>Accounts for the outcomes of the batch, and says what finally failed.</summary>
    public void Settle(OutgoingBatch batch)
    {
        Review(batch);
        batch.Settle();
    }

    /// <summary>
    /// Makes one attempt. What became of the events stands in the batch's outcomes, which the caller settles. Safe for concurrent use, with a
    /// batch for each call. Never throws.
    /// </summary>
    public async ValueTask TryAsync(OutgoingBatch batch, CancellationToken endAttempt)
    {
        batch.BeginAttempt();
        using var activity = SendActivity.Start(_transport.Name, _lane.Delivery, batch);
        try
        {
            await _transport.SendAsync(batch.Outgoing, batch.Outcomes, endAttempt).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A transport must not throw; one that does must not end the loop that all events depend on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.TransportThrew(exception, _transport.Name);
        }

        Review(batch);
        if (activity is not null)
            SendActivity.Finish(activity, batch.Remaining - ((ReadOnlySpan<DeliveryOutcome>)batch.Outcomes.Span).CountSettled(), _lastReason);
    }

    /// <summary>Measures and logs outcomes.</summary>
    private void Review(OutgoingBatch batch)
    {
        var outcomes = batch.Outcomes.Span;
        var events = batch.Outgoing.Span;
        var now = _time.GetUtcNow().UtcDateTime;
        var timed = _metrics.RecordsDeliveries;
        for (var i = 0; i < outcomes.Length; i++)
        {
            switch (outcomes[i].Status)
            {
                case DeliveryStatus.Delivered:
                    if (timed)
                        _metrics.RecordDelivery(_lane, now - batch.TimeOf(i));
                    break;
                case DeliveryStatus.Final:
                    _logger.EventDropped(events[i].Id, events[i].Topic, _transport.Name, outcomes[i].Reason);
                    break;
                default:
                    if (_reports.GivesUp(events[i].Topic, outcomes[i]))
                        outcomes[i] = DeliveryOutcome.Final(outcomes[i].Reason!);
                    _lastReason = outcomes[i].Reason ?? "unknown";
                    break;
            }
        }
    }

    /// <summary>Sends what is not settled yet, and returns how much of it still is not.</summary>
    private async ValueTask<int> AttemptAsync()
    {
        var batch = _batch!;
        if (_hasFailed)
        {
            _hasFailed = false;
            return batch.Remaining;
        }

        await TryAsync(batch, _endAttempt).ConfigureAwait(false);
        batch.Settle();
        return batch.Remaining;
    }

    private ValueTask OnRetry(OnRetryArguments<int> arguments)
    {
        var remaining = _batch!.Remaining;
        _lane.CountRetries(remaining);
        _logger.Retrying(remaining, _transport.Name, _lane.Delivery, _lastReason, arguments.AttemptNumber + 1, arguments.RetryDelay);
        if (_trigger is not null && _time.GetElapsedTime(_startedAt) >= _spillAfter)
            _trigger.Request();
        return ValueTask.CompletedTask;
    }
}
