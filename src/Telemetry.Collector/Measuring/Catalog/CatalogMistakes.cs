using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>Collects what is wrong with a catalog file, so that an operator sees all of it at once.</summary>
internal sealed class CatalogMistakes(string file)
{
    private readonly List<string> _sentences = [];

    public void Add(string path, object? value, string fix) => _sentences.Add(
        $"The metric catalog '{file}' is wrong at {path}: {Show(value)}. {char.ToUpperInvariant(fix[0])}{fix[1..]}.");

    /// <exception cref="MetricCatalogException">There are some.</exception>
    public void ThrowIfAny()
    {
        if (_sentences.Count > 0)
            throw new MetricCatalogException(_sentences);
    }

    /// <summary>What <paramref name="read"/> makes of each element; it has noted why where it gives null.</summary>
    public List<T> Each<TElement, T>(IReadOnlyList<TElement?> elements, string path, Func<TElement, string, T?> read)
        where TElement : class
        where T : class
    {
        List<T> results = [];
        for (var i = 0; i < elements.Count; i++)
        {
            var at = $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (elements[i] is not { } element)
                Add(at, null, "write a value, or remove the element");
            else if (read(element, at) is { } result)
                results.Add(result);
        }

        return results;
    }

    public IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T>? elements, string path)
    {
        if (elements is { Count: > 0 })
            return elements;
        Add(path, elements is null ? null : "[]", "write at least one element");
        return [];
    }

    public string Text(string? text, string path)
    {
        if (string.IsNullOrWhiteSpace(text))
            Add(path, text, "write a text");
        return text ?? "";
    }

    public T? OneOf<T>(string? text, string path)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Word(value) == text)
                return value;
        }

        Add(path, text, $"write one of {string.Join(", ", Enum.GetValues<T>().Select(Word))}");
        return null;
    }

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "The file's words are lowercase.")]
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Show(object? value) => value switch
    {
        null => "nothing is there",
        IFormattable number => $"it is {number.ToString(null, CultureInfo.InvariantCulture)}",
        _ => $"it is '{value}'",
    };
}
