using System.Globalization;
using System.Text;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>A record of a usage topic, as the test sent it.</summary>
internal sealed record UsageEvent(
    string Topic, int Partition, long Offset, string Id, string User, string? Task, string? Tenant, long Time, QuotaAmount Amount)
{
    public string Resource => Topic.EndsWith("cpu", StringComparison.Ordinal) ? "cpu" : "gpu";

    public byte[] Bytes()
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var tenant = Tenant is null ? "" : $"\"tenantid\":\"{Tenant}\",";
        return Encoding.UTF8.GetBytes(
            $$"""
            {"specversion":"1.0","type":"{{Topic.Replace('_', '.')}}.charge","source":"/test",{{tenant}}"id":"{{Id}}","time":"{{time}}",
            "data":{"user_id":"{{User}}","task_id":"{{Task}}","node":"n","credits":{{Amount}},"seconds":1.5,"units":2} }
            """);
    }
}
