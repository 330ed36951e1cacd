using System.Security.Cryptography;
using System.Text;

namespace Telemetry.Collector.Runs;

/// <summary>A run's identity: a pure function of its kind and task id, safe in a URL whatever a producer sent as task id.</summary>
public static class RunId
{
    public static string For(RunKind kind, string taskId)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskId);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{taskId}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
