namespace Telemetry.Events.Testing;

/// <summary>
/// The requests that <see cref="EmbeddedKafkaCluster.FailNextRequests"/> can fail, by their Kafka protocol number.
/// </summary>
public enum KafkaRequestKind
{
    /// <summary>A producer sends records.</summary>
    Produce = 0,

    /// <summary>A consumer asks for records.</summary>
    Fetch = 1,

    /// <summary>A client asks for a partition's first, last or time-stamped offset.</summary>
    ListOffsets = 2,

    /// <summary>A client asks for brokers, topics and leaders; its next refresh, if it knows them already.</summary>
    Metadata = 3,

    /// <summary>A consumer group stores its position.</summary>
    OffsetCommit = 8,

    /// <summary>A consumer group reads its stored position.</summary>
    OffsetFetch = 9,

    /// <summary>A client looks for the broker that coordinates its group.</summary>
    FindCoordinator = 10,

    /// <summary>A consumer joins its group.</summary>
    JoinGroup = 11,

    /// <summary>A consumer tells its group that it is alive.</summary>
    Heartbeat = 12,

    /// <summary>A consumer leaves its group.</summary>
    LeaveGroup = 13,

    /// <summary>A consumer fetches its assignment after a join.</summary>
    SyncGroup = 14,

    /// <summary>A client asks what the broker can do; the first request on each connection.</summary>
    ApiVersions = 18,

    /// <summary>An idempotent producer asks for its id.</summary>
    InitProducerId = 22,
}
