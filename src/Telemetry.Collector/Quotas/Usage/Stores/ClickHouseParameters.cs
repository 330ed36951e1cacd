using System.Globalization;

namespace Telemetry.Collector.Quotas.Usage.Stores;

/// <summary>Collects the parameters of one statement as it is written: each call gives the text that stands for the value in it.</summary>
internal sealed class ClickHouseParameters
{
    // ClickHouse takes 128 KB of text a parameter.
    private const int MaxText = 64 * 1024;
    private const int LongestNumber = 21;

    private readonly List<(string Name, object? Value)> _all = [];

    public (string Name, object? Value)[] All => [.. _all];

    public string Of(string text) => Add(text, "String");

    public string Of(long number) => Add(number, "Int64");

    /// <summary>An array, in one piece: a query has few of these texts.</summary>
    public string Of(string[] texts) => Add(texts, "Array(String)");

    /// <summary>An array of any length.</summary>
    public string Of(IReadOnlyList<long> numbers)
    {
        var chunks = numbers.Chunk(MaxText / LongestNumber).Select(chunk => Add(chunk, "Array(Int64)")).ToList();
        return chunks.Count switch
        {
            0 => Add(Array.Empty<long>(), "Array(Int64)"),
            1 => chunks[0],
            _ => $"arrayConcat({string.Join(", ", chunks)})",
        };
    }

    /// <summary>Arrays that hold all the texts together.</summary>
    public IReadOnlyList<string> Chunks(IReadOnlyList<string> texts)
    {
        var chunks = new List<string>();
        var (first, length) = (0, 0);
        for (var i = 0; i <= texts.Count; i++)
        {
            // A character is six bytes at most once it is escaped.
            var next = i < texts.Count ? 6 * texts[i].Length + 3 : MaxText;
            if (length + next > MaxText && i > first)
            {
                chunks.Add(Of([.. texts.Skip(first).Take(i - first)]));
                (first, length) = (i, 0);
            }

            length += next;
        }

        return chunks;
    }

    private string Add(object value, string type)
    {
        var name = $"p{_all.Count.ToString(CultureInfo.InvariantCulture)}";
        _all.Add((name, value));
        return $"{{{name}:{type}}}";
    }
}
