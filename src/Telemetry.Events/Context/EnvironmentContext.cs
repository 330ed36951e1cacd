using Microsoft.Extensions.Options;

namespace Telemetry.Events.Context;

/// <summary>Fills what code and configuration left open from the environment, so that those two win.</summary>
internal sealed class EnvironmentContext(Func<string, string?> readVariable) : IPostConfigureOptions<TelemetryEventsOptions>
{
    public const string TenantId = "TENANT_ID";
    public const string NodeId = "NODE_ID";
    public const string VmType = "VM_TYPE";
    public const string HostName = "HOST_NAME";
    public const string StorageSize = "STORAGE_SIZE";
    public const string StorageType = "STORAGE_TYPE";

    public void PostConfigure(string? name, TelemetryEventsOptions options)
    {
        var context = options.Context;
        context.TenantId = Fill(context.TenantId, TenantId);
        context.NodeId = Fill(context.NodeId, NodeId);
        context.VmType = Fill(context.VmType, VmType);
        context.HostName = Fill(context.HostName, HostName);
        context.StorageSize = Fill(context.StorageSize, StorageSize);
        context.StorageType = Fill(context.StorageType, StorageType);
    }

    // Container platforms set a variable that has no value to the empty string: that is "unset" too.
    private string? Fill(string? value, string variable) =>
        !string.IsNullOrWhiteSpace(value) ? value : readVariable(variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
