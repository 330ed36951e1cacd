using System.Security.Cryptography;
using System.Text;
using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>A task in <c>run_events</c>: of fixed length and safe in SQL whatever a producer sent, so that thousands fit into a query.</summary>
internal static class TaskKey
{
    /// <summary>The same for the same arguments, in every process and version; 32 hexadecimal digits.</summary>
    public static string Of(RunKind kind, string taskId) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{RunKindNames.Of(kind)}\n{taskId}")).AsSpan(0, 16));
}
