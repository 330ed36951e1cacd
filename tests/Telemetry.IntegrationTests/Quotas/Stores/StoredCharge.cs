namespace Telemetry.IntegrationTests.Quotas.Stores;

/// <summary>A usage event as a row of a landing table.</summary>
internal sealed record StoredCharge(string Id, string User, long Time, decimal Credits, int Partition, long Offset)
{
    public string Topic { get; init; } = "wkf_cpu";

    public string Type { get; init; } = "wkf.cpu.charge";

    public string Task { get; init; } = "task-1";

    public string Tenant { get; init; } = "";
}
