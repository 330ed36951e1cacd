namespace Telemetry.Events;

/// <summary>
/// Names of the envelope's attributes, as they stand on the wire. Extension names are lower-case letters and digits only
/// (CloudEvents 1.0, "Naming conventions").
/// </summary>
public static class EnvelopeAttributes
{
    /// <summary><c>specversion</c>: always 1.0.</summary>
    public const string SpecVersion = "specversion";

    /// <summary><c>id</c>: a UUIDv7.</summary>
    public const string Id = "id";

    /// <summary><c>source</c>: <c>/{service}</c>.</summary>
    public const string Source = "source";

    /// <summary><c>type</c>: the event's name.</summary>
    public const string Type = "type";

    /// <summary><c>time</c>: RFC 3339 in UTC.</summary>
    public const string Time = "time";

    /// <summary><c>datacontenttype</c>: always application/json.</summary>
    public const string DataContentType = "datacontenttype";

    /// <summary><c>subject</c>: what the event is about.</summary>
    public const string Subject = "subject";

    /// <summary><c>partitionkey</c>: the record's key (CloudEvents Partitioning extension).</summary>
    public const string PartitionKey = "partitionkey";

    /// <summary><c>tenantid</c>: from TENANT_ID.</summary>
    public const string TenantId = "tenantid";

    /// <summary><c>nodeid</c>: from NODE_ID.</summary>
    public const string NodeId = "nodeid";

    /// <summary><c>vmtype</c>: from VM_TYPE.</summary>
    public const string VmType = "vmtype";

    /// <summary><c>hostname</c>: from HOST_NAME.</summary>
    public const string HostName = "hostname";

    /// <summary><c>storagesize</c>: from STORAGE_SIZE.</summary>
    public const string StorageSize = "storagesize";

    /// <summary><c>storagetype</c>: from STORAGE_TYPE.</summary>
    public const string StorageType = "storagetype";

    /// <summary><c>producer</c>: one id for each start of a producing process.</summary>
    public const string Producer = "producer";

    /// <summary>
    /// <c>sequence</c>: counts the accepted events of one producer and delivery class from 1 without gaps, zero-padded to 20
    /// digits (CloudEvents Sequence extension).
    /// </summary>
    public const string Sequence = "sequence";

    /// <summary><c>traceparent</c>: W3C Trace Context (CloudEvents Distributed Tracing extension).</summary>
    public const string TraceParent = "traceparent";

    /// <summary><c>tracestate</c>: W3C Trace Context.</summary>
    public const string TraceState = "tracestate";

    /// <summary><c>data</c>: the payload.</summary>
    public const string Data = "data";

    /// <summary>The content type of the whole record.</summary>
    public const string ContentType = "application/cloudevents+json; charset=UTF-8";
}
