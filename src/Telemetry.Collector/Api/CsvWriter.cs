using System.Globalization;
using System.Text;

namespace Telemetry.Collector.Api;

/// <summary>Lines of comma-separated values as RFC 4180 has them.</summary>
internal sealed class CsvWriter
{
    public const string ContentType = "text/csv; charset=utf-8; header=present";

    private readonly StringBuilder _text = new();

    public CsvWriter Line(params ReadOnlySpan<object?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                _text.Append(',');
            Append(fields[i]);
        }

        _text.Append("\r\n");
        return this;
    }

    public override string ToString() => _text.ToString();

    private void Append(object? field)
    {
        var text = field switch
        {
            null => "",
            DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Harmless(field.ToString()!),
        };
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            _text.Append(text);
        else
            _text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    // A spreadsheet would compute a text that a producer sent and that begins like a formula (OWASP, CSV injection).
    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
}
