using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>What the ledger needs of a usage event. Texts are UTF-8 without escapes, and views of the record or of a buffer of the reader's.</summary>
internal ref struct UsageRecord
{
    /// <summary>The resource's index.</summary>
    public int Resource;

    public ReadOnlySpan<byte> Id;

    public ReadOnlySpan<byte> User;

    /// <summary>Empty for none.</summary>
    public ReadOnlySpan<byte> Task;

    /// <summary>Empty for none.</summary>
    public ReadOnlySpan<byte> Tenant;

    /// <summary>Unix milliseconds.</summary>
    public long Time;

    public QuotaAmount Amount;
}
