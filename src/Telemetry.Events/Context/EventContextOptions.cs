namespace Telemetry.Events;

/// <summary>
/// The machine's context, stamped on every event. A member that neither code nor configuration sets is read from its
/// environment variable; one that is unset everywhere is absent from the envelope. Source: specification, "XUMI Telemetry
/// Specification".
/// </summary>
public sealed class EventContextOptions
{
    /// <summary>The tenant, a UUID; envelope attribute <c>tenantid</c>. Environment variable TENANT_ID.</summary>
    public string? TenantId { get; set; }

    /// <summary>The node, a UUID; envelope attribute <c>nodeid</c>. Environment variable NODE_ID.</summary>
    public string? NodeId { get; set; }

    /// <summary>The virtual machine's type, such as NV6; envelope attribute <c>vmtype</c>. Environment variable VM_TYPE.</summary>
    public string? VmType { get; set; }

    /// <summary>The host's name; envelope attribute <c>hostname</c>. Environment variable HOST_NAME.</summary>
    public string? HostName { get; set; }

    /// <summary>Size of the dynamic storage; envelope attribute <c>storagesize</c>. Environment variable STORAGE_SIZE.</summary>
    public string? StorageSize { get; set; }

    /// <summary>Type of the dynamic storage; envelope attribute <c>storagetype</c>. Environment variable STORAGE_TYPE.</summary>
    public string? StorageType { get; set; }
}
