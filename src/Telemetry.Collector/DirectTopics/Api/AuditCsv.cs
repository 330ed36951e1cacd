using System.Text;
using Telemetry.Collector.DirectTopics.Audit;

namespace Telemetry.Collector.DirectTopics.Api;

/// <summary>Audit events as CSV (RFC 4180), with a header.</summary>
internal static class AuditCsv
{
    public static string Of(IEnumerable<AuditRecord> records)
    {
        var text = new StringBuilder("time,id,topic,type,source,actor,action,resource,decision,reason\r\n");
        foreach (var record in records)
        {
            text.Append(record.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            foreach (var value in new[] { record.Id, record.Topic, record.Type, record.Source, record.Actor, record.Action, record.Resource, record.Decision, record.Reason })
                text.Append(',').Append(Field(value ?? ""));
            text.Append("\r\n");
        }

        return text.ToString();
    }

    private static string Field(string value)
    {
        // A spreadsheet would run what begins like a formula, and the text is whatever a caller of some service wrote.
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t')
            value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
