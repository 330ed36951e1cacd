using Confluent.Kafka;
using Telemetry.RestProxy.Conformance.Records;

namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>Collects the delivery reports of one batch, which come from librdkafka's thread in any order.</summary>
internal sealed class BatchDelivery(RestDialect dialect, string topic, RecordBatch batch, int count)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = count;

    public Task Completion => _completion.Task;

    public void Report(int position, DeliveryReport<byte[]?, byte[]?> report)
    {
        if (report.Error.IsError)
        {
            Fail(position, report.Error.Code);
            return;
        }

        ref var record = ref batch.At(position);
        record.StoredPartition = report.Partition.Value;
        record.StoredOffset = report.Offset.Value;
        Skip();
    }

    public void Fail(int position, ErrorCode error)
    {
        batch.At(position).Failure = KafkaErrors.ToFailure(dialect, error, topic);
        Skip();
    }

    /// <summary>One record less to wait for.</summary>
    public void Skip()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _completion.SetResult();
    }
}
