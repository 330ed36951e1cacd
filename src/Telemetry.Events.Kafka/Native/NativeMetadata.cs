using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Telemetry.Events.Kafka.Native;

/// <summary><c>rd_kafka_metadata_t</c>, up to the topics.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeMetadata
{
    public int BrokerCount;
    public nint Brokers;
    public int TopicCount;
    public TopicEntry* Topics;

    /// <summary><c>rd_kafka_metadata_topic_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TopicEntry
    {
        public nint Name;
        public int PartitionCount;
        public nint Partitions;
        public ErrorCode Error;
    }
}
