using Microsoft.Extensions.Logging;
using Telemetry.Events.Envelope;
using Telemetry.Events.Spooling;

namespace Telemetry.Events.Publishing;

/// <summary>The calls for events of class Audit: encoded, in the log and committed before they return.</summary>
internal sealed class AuditPublisher(EnvelopeWriter envelope, LaneSet lanes, int maxEventBytes, ILogger logger)
{
    private int _saidNoSpool;

    public PublishResult Publish<TData>(EventDescriptor descriptor, in TData data)
        where TData : IEventData
    {
        var lane = lanes.AuditFor(descriptor);
        var refusal = TryAppend(lane, descriptor, data, confirmation: null, out var id, out var result, out var detached);
        if (refusal != RefusalReason.None)
            return Refuse(lane, refusal);
        while (result.Refusal == SpoolRefusal.Busy)
        {
            lane.Log!.WaitForCommit(result.Position, Timeout.InfiniteTimeSpan);
            result = lane.Append(detached!.View(), confirmation: null);
        }

        if (!result.IsAppended)
            return Refuse(lane, result.Refusal.ToReason());
        var committed = lane.Log!.WaitForCommit(result.Position, Timeout.InfiniteTimeSpan);
        lane.EndCommit(result.Position, committed);
        return committed == SpoolRefusal.None ? PublishResult.Accepted(id) : PublishResult.Refused(committed.ToReason());
    }

    /// <param name="descriptor">The kind of event.</param>
    /// <param name="data">The payload.</param>
    /// <param name="confirmation">Completed with the event's fate, also where its commit fails; null where nobody asks.</param>
    /// <param name="cancellationToken">Ends the wait for room; from then on the event is in the log.</param>
    public ValueTask<PublishResult> PublishAsync<TData>(
        EventDescriptor descriptor, in TData data, TaskCompletionSource<DeliveryReceipt>? confirmation, CancellationToken cancellationToken)
        where TData : IEventData
    {
        var lane = lanes.AuditFor(descriptor);
        var refusal = TryAppend(lane, descriptor, data, confirmation, out var id, out var result, out var detached);
        return refusal == RefusalReason.None
            ? CommitAsync(lane, id, result, detached, confirmation, cancellationToken)
            : ValueTask.FromResult(Refuse(lane, refusal));
    }

    private static async ValueTask<PublishResult> CommitAsync(
        AuditLane lane,
        Guid id,
        AppendResult result,
        DetachedEvent? detached,
        TaskCompletionSource<DeliveryReceipt>? confirmation,
        CancellationToken cancellationToken)
    {
        while (result.Refusal == SpoolRefusal.Busy)
        {
            await lane.Log!.WaitForCommitAsync(result.Position, cancellationToken).ConfigureAwait(false);
            result = lane.Append(detached!.View(), confirmation);
        }

        if (!result.IsAppended)
            return Refuse(lane, result.Refusal.ToReason());
        var committed = await lane.Log!.WaitForCommitAsync(result.Position, CancellationToken.None).ConfigureAwait(false);
        lane.EndCommit(result.Position, committed);
        return committed == SpoolRefusal.None ? PublishResult.Accepted(id) : PublishResult.Refused(committed.ToReason());
    }

    private static PublishResult Refuse(AuditLane lane, RefusalReason reason)
    {
        lane.CountRefusal(reason);
        return PublishResult.Refused(reason);
    }

    private RefusalReason TryAppend<TData>(
        AuditLane lane,
        EventDescriptor descriptor,
        in TData data,
        TaskCompletionSource<DeliveryReceipt>? confirmation,
        out Guid id,
        out AppendResult result,
        out DetachedEvent? detached)
        where TData : IEventData
    {
        id = default;
        result = default;
        detached = null;
        if (lane.Log is null)
            return NoSpool(descriptor);

        var scratch = EnvelopeScratch.Rent();
        try
        {
            envelope.Write(scratch, envelope.PrefixOf(descriptor), data, out var record);
            id = record.Id;
            if (record.EventLength > maxEventBytes)
                return RefusalReason.TooLarge;
            result = lane.Append(record, confirmation);
            if (result.Refusal == SpoolRefusal.Busy)
                detached = new DetachedEvent(record);
            return RefusalReason.None;
        }
#pragma warning disable CA1031 // The payload is the application's code; telemetry must not break what it observes.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.PayloadFailed(exception, descriptor.Name);
            return RefusalReason.InvalidPayload;
        }
        finally
        {
            scratch.Return();
        }
    }

    private RefusalReason NoSpool(EventDescriptor descriptor)
    {
        // Once: the ledger counts the rest, and a log full of one line hides what else it says.
        if (Interlocked.Exchange(ref _saidNoSpool, 1) == 0)
            logger.NoSpool(descriptor.Name);
        return RefusalReason.NoSpool;
    }
}
