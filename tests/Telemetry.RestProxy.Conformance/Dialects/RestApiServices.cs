using System.Buffers;
using Microsoft.Extensions.ObjectPool;
using Telemetry.RestProxy.Conformance.Hosting;
using Telemetry.RestProxy.Conformance.Records;
using Telemetry.RestProxy.Conformance.Storage;

namespace Telemetry.RestProxy.Conformance.Dialects;

/// <summary>What a dialect works with.</summary>
internal sealed record RestApiServices(
    IRecordStore Store, RestFaults Faults, OpenConnections Connections, TimeProvider TimeProvider, int MaxRequestBytes)
{
    public RestFault NoFault { get; } = new();

    public ObjectPool<RecordBatch> Batches { get; } = ObjectPool.Create(new BatchPolicy());

    public ObjectPool<ArrayBufferWriter<byte>> Replies { get; } = ObjectPool.Create(new ReplyPolicy());

    private sealed class BatchPolicy : PooledObjectPolicy<RecordBatch>
    {
        public override RecordBatch Create() => new();

        public override bool Return(RecordBatch batch)
        {
            batch.Reset();
            return true;
        }
    }

    private sealed class ReplyPolicy : PooledObjectPolicy<ArrayBufferWriter<byte>>
    {
        public override ArrayBufferWriter<byte> Create() => new();

        public override bool Return(ArrayBufferWriter<byte> reply)
        {
            reply.ResetWrittenCount();
            return true;
        }
    }
}
