using System.Globalization;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>Collects what is wrong with a document, so that its author sees all of it at once.</summary>
/// <param name="prefix">What each sentence begins with, such as the file's name; empty for none.</param>
internal sealed class LimitMistakes(string prefix = "")
{
    private readonly List<string> _sentences = [];

    public IReadOnlyList<string> Sentences => _sentences;

    public bool Any => _sentences.Count > 0;

    public void Add(string path, object? value, string fix) => _sentences.Add(
        $"{prefix}{path}: {Show(value)}. {char.ToUpperInvariant(fix[0])}{fix[1..]}.");

    private static string Show(object? value) => value switch
    {
        null => "nothing is there",
        IFormattable number => $"it is {number.ToString(null, CultureInfo.InvariantCulture)}",
        _ => $"it is '{value}'",
    };
}
