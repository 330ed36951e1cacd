namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>A body that is JSON, perhaps, but no produce request; carries the dialect's answer.</summary>
internal sealed class BadRequestBodyException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
