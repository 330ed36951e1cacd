using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Publishing;

/// <summary>Takes batches from one lane and sends each until all its events are settled. One batch at a time.</summary>
internal sealed class LaneSender
{
    private readonly DeliveryLane _lane;
    private readonly IEventTransport _transport;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<int> _retry;

    // Owned by the loop. The first _remaining entries are the events that are not settled yet, in their order.
    private readonly QueuedEvent[] _batch;
    private readonly OutgoingEvent[] _outgoing;
    private readonly DeliveryOutcome[] _outcomes;
    private int _remaining;
    private string _lastReason = "unknown";

    public LaneSender(
        DeliveryLane lane, IEventTransport transport, TelemetryEventsOptions options, TimeProvider time, ILogger logger)
    {
        _lane = lane;
        _transport = transport;
        _logger = logger;
        _batch = new QueuedEvent[options.MaxBatchEvents];
        _outgoing = new OutgoingEvent[options.MaxBatchEvents];
        _outcomes = new DeliveryOutcome[options.MaxBatchEvents];
        _retry = new ResiliencePipelineBuilder<int> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<int>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.RetryMaxDelay,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result > 0),
                OnRetry = OnRetry,
            })
            .Build();
    }

    /// <summary>Runs until the lane is stopped and empty, or until <paramref name="giveUp"/>, when the rest is dropped.</summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        while ((_remaining = await _lane.TakeAsync(_batch).ConfigureAwait(false)) > 0)
        {
            await SendBatchAsync(giveUp).ConfigureAwait(false);
            if (giveUp.IsCancellationRequested)
                _lane.DropQueued(DropReasons.Shutdown);
        }
    }

    private async Task SendBatchAsync(CancellationToken giveUp)
    {
        var taken = _remaining;
        try
        {
            await _retry.ExecuteAsync(static (sender, token) => sender.AttemptAsync(token), this, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            for (var i = 0; i < _remaining; i++)
                _lane.Settle(_batch[i], DeliveryOutcome.Final(DropReasons.Shutdown));
        }

        _lane.EndBatch();
        // The arrays live as long as the sender: what they still point to would be kept from the collector.
        Array.Clear(_batch, 0, taken);
        Array.Clear(_outgoing, 0, taken);
    }

    /// <summary>Sends what is not settled yet, and returns how much of it still is not.</summary>
    private async ValueTask<int> AttemptAsync(CancellationToken giveUp)
    {
        for (var i = 0; i < _remaining; i++)
            _outgoing[i] = _batch[i].ToOutgoing();
        Array.Clear(_outcomes, 0, _remaining);

        try
        {
            await _transport.SendAsync(_outgoing.AsMemory(0, _remaining), _outcomes.AsMemory(0, _remaining), giveUp)
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A transport must not throw; one that does must not end the loop that all events depend on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.TransportThrew(exception, _transport.Name);
        }

        var left = 0;
        for (var i = 0; i < _remaining; i++)
        {
            var outcome = _outcomes[i];
            if (outcome.Status is DeliveryStatus.Delivered or DeliveryStatus.Final)
            {
                if (outcome.Status == DeliveryStatus.Final)
                    _logger.EventDropped(_batch[i].Encoded.Id, _batch[i].Topic, _transport.Name, outcome.Reason);
                _lane.Settle(_batch[i], outcome);
            }
            else
            {
                _lastReason = outcome.Reason ?? "unknown";
                _batch[left++] = _batch[i];
            }
        }

        return _remaining = left;
    }

    private ValueTask OnRetry(OnRetryArguments<int> arguments)
    {
        _lane.CountRetries(_remaining);
        _logger.Retrying(_remaining, _transport.Name, _lane.Delivery, _lastReason, arguments.AttemptNumber + 1, arguments.RetryDelay);
        return ValueTask.CompletedTask;
    }
}
