using System.Data.Common;

namespace Telemetry.Collector.ClickHouse;

/// <summary>ClickHouse did not answer, or not in time. What it answers as an error is a <see cref="DbException"/> of its driver.</summary>
public sealed class ClickHouseException(string message, Exception cause) : DbException(message, cause)
{
    /// <summary>True: the next attempt may find it back.</summary>
    public override bool IsTransient => true;
}
