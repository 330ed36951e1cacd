using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Telemetry.Events.Kafka;

/// <summary>
/// Reads, hands over, commits, on one thread that owns the client. While the handler works for longer, the loop polls without
/// reading: a consumer that does not poll for <c>max.poll.interval.ms</c> is put out of its group.
/// </summary>
internal sealed partial class ConsumerLoop(
    EventConsumerOptions options, BatchRunner runner, EventConsumerProgress progress, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan PollSlice = TimeSpan.FromMilliseconds(100);

    // Pausing throws away what was fetched ahead; a handler that is done sooner never pays for that.
    private static readonly TimeSpan PauseAfter = TimeSpan.FromMilliseconds(500);

    private readonly RecordBuffer _buffer = new(options.MaxBatchEvents, options.MaxBatchBytes);
    private readonly OffsetCommitter _committer = new(progress, time, logger);
    private readonly RepeatedErrors _repeated = new(time);
    private readonly CancellationTokenSource _giveUp = new();

    private CancellationToken _stopping;
    private long _stoppingSince;
    private BatchWork? _work;
    private Task _handling = Task.CompletedTask;

    /// <summary>Reads until it is told to stop, then leaves the group.</summary>
    /// <exception cref="KafkaException">The client has failed for good, such as one fenced by another of its group.instance.id.</exception>
    public void Run(IConsumer<byte[], byte[]> consumer, CancellationToken stopping)
    {
        _stopping = stopping;
        using var clock = stopping.UnsafeRegister(_ => Volatile.Write(ref _stoppingSince, time.GetTimestamp()), null);
        try
        {
            consumer.Subscribe(options.Topics);
            logger.Subscribed(progress.Name, string.Join(", ", options.Topics), options.GroupId);
            while (!stopping.IsCancellationRequested)
            {
                Fill(consumer);
                progress.SetLag(LagOf(consumer) + _buffer.Count);
                if (_buffer.Count > 0 && !stopping.IsCancellationRequested)
                    Handle(consumer);
                else
                    _committer.Retry(consumer, PollSlice);
            }
        }
        finally
        {
            _committer.CommitAll(consumer, ShutdownLeft());
            Close(consumer);
            logger.Stopped(progress.Name, progress.Take());
        }
    }

    public void Dispose() => _giveUp.Dispose();

    private void Fill(IConsumer<byte[], byte[]> consumer)
    {
        var started = time.GetTimestamp();
        var wait = PollSlice;
        while (!_buffer.IsFull && !_stopping.IsCancellationRequested)
        {
            var wasEmpty = _buffer.Count == 0;
            if (wait < TimeSpan.Zero || !TryConsume(consumer, wait < PollSlice ? wait : PollSlice) && _buffer.Count == 0)
                return;
            if (wasEmpty)
                started = time.GetTimestamp();
            wait = options.MaxBatchWait - time.GetElapsedTime(started);
        }
    }

    private bool TryConsume(IConsumer<byte[], byte[]> consumer, TimeSpan wait)
    {
        try
        {
            if (consumer.Consume(wait) is not { } record)
                return false;
            _buffer.Add(record);
            return true;
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            // Such as a topic that does not exist yet. librdkafka goes on by itself.
            if (_repeated.LetThrough(exception.Error.Code))
                logger.ConsumeFailed(progress.Name, exception.Error.Code, exception.Error.Reason);
            progress.Failed($"Kafka: {exception.Error.Reason}");
            return false;
        }
    }

    private void Handle(IConsumer<byte[], byte[]> consumer)
    {
        using var work = new BatchWork(_buffer.Take(), _stopping);
        _work = work;
        // On a thread of its own: a handler that blocks must not keep the loop from polling.
        _handling = Task.Run(() => runner.RunAsync(work, _giveUp.Token), CancellationToken.None);
        if (!IsDoneWithin(PauseAfter))
            PollUntilHandled(consumer, work);
        if (!_handling.IsCompleted)
            FinishWithinShutdown(work);
        _committer.Add(work.NextOffsets());
        _committer.Commit(consumer, PollSlice);
        Report(work);
        _work = null;
    }

    private void PollUntilHandled(IConsumer<byte[], byte[]> consumer, BatchWork work)
    {
        var handled = 0;
        _pauseDue = true;
        while (!_handling.IsCompleted && !_stopping.IsCancellationRequested)
        {
            PauseWhereDue(consumer);
            TryConsume(consumer, PollSlice);
            if (work.HandledRecords > handled)
            {
                // Handlers of single events are committed behind while they work, so that a crash repeats little.
                handled = work.HandledRecords;
                progress.Advanced();
                _committer.Add(work.NextOffsets());
            }

            _committer.Retry(consumer, PollSlice);
        }

        Resume(consumer);
    }

    private void FinishWithinShutdown(BatchWork work)
    {
        // The rest is for the commit and for leaving the group.
        if (!_handling.Wait(options.ShutdownTimeout * 0.8))
        {
            _giveUp.Cancel();
            if (!_handling.Wait(options.ShutdownTimeout * 0.1))
                logger.HandlerTooSlow(progress.Name, options.ShutdownTimeout, work.Records - work.HandledRecords);
        }
    }

    private void Report(BatchWork work)
    {
        var letters = work.Batch.DeadLetters.Take(work.Batch.HandledDeadLetters).Concat(work.Batch.Rejected).ToList();
        foreach (var dead in letters)
            logger.DeadLettered(progress.Name, dead.Topic, dead.Partition, dead.Offset, dead.Reason);
        if (work.HandledRecords > 0)
            progress.Handled(work.HandledRecords, letters.Count);
    }

    private bool IsDoneWithin(TimeSpan wait)
    {
        try
        {
            return _handling.Wait(wait, _stopping);
        }
        catch (OperationCanceledException)
        {
            return _handling.IsCompleted;
        }
    }

    // In the background: with the brokers away, leaving the group may take longer than anyone should wait for a process to end.
    private void Close(IConsumer<byte[], byte[]> consumer)
    {
        var closing = Task.Run(() =>
        {
            // Closing frees what a commit under way is using. How that one ends does not matter here.
            Task.WaitAny(_committer.UnderWay);
            consumer.Close();
            consumer.Dispose();
        });
        if (!closing.Wait(ShutdownLeft()))
            logger.CloseTooSlow(progress.Name);
    }

    private TimeSpan ShutdownLeft()
    {
        var spent = Volatile.Read(ref _stoppingSince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;
        return spent < options.ShutdownTimeout ? options.ShutdownTimeout - spent : TimeSpan.Zero;
    }

    /// <summary>Records that wait behind the position, over all assigned partitions.</summary>
    private static long LagOf(IConsumer<byte[], byte[]> consumer)
    {
        long lag = 0;
        foreach (var partition in consumer.Assignment)
        {
            var position = consumer.Position(partition);
            var end = consumer.GetWatermarkOffsets(partition).High;
            if (!position.IsSpecial && !end.IsSpecial)
                lag += Math.Max(0, end.Value - position.Value);
        }

        return lag;
    }
}
