using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Telemetry.Collector.DirectTopics.Audit;

/// <summary>The last event of a page. Callers pass it on as it is.</summary>
/// <param name="Milliseconds">The event's time since 1970.</param>
/// <param name="Id">The event's id.</param>
internal sealed record AuditCursor(long Milliseconds, string Id)
{
    public static AuditCursor Of(AuditRecord record) => new(new DateTimeOffset(record.Time, TimeSpan.Zero).ToUnixTimeMilliseconds(), record.Id);

    public static bool TryParse(string text, [NotNullWhen(true)] out AuditCursor? cursor)
    {
        cursor = null;
        if (!Base64Url.IsValid(text))
            return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            cursor = new AuditCursor(milliseconds, parts[1]);
        return cursor is not null;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Milliseconds} {Id}")));
}
