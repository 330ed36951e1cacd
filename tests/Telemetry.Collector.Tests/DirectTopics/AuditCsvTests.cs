using Telemetry.Collector.DirectTopics.Api;
using Telemetry.Collector.DirectTopics.Audit;

namespace Telemetry.Collector.Tests.DirectTopics;

public sealed class AuditCsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("a=b", "a=b")]
    public void A_field_runs_in_no_spreadsheet_and_ends_where_it_ends(string reason, string field)
    {
        var record = new AuditRecord(new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), "id-1", "pbac_access", "pbac.access.check.deny", "/pbac", "ann", "read", "res-1", "deny", reason);

        var csv = AuditCsv.Of([record]);

        Assert.Equal(
            "time,id,topic,type,source,actor,action,resource,decision,reason\r\n" +
            $"2026-01-31T12:00:00.000Z,id-1,pbac_access,pbac.access.check.deny,/pbac,ann,read,res-1,deny,{field}\r\n",
            csv);
    }
}
