using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Reading;

namespace Telemetry.Events.Analyzers.Naming;

/// <summary>The topics that an assembly and those it references declare.</summary>
internal sealed class KnownTopics
{
    // Two wrong letters are a typing error; three are another word.
    private const int MaxTypingErrors = 2;

    private readonly HashSet<string> _topics;

    private KnownTopics(IEnumerable<string> topics) => _topics = new HashSet<string>(topics, StringComparer.Ordinal);

    public static KnownTopics Of(Compilation compilation)
    {
        var assemblies = compilation.SourceModule.ReferencedAssemblySymbols.Add(compilation.Assembly);
        return new KnownTopics(assemblies.SelectMany(Declarations).Select(attribute => attribute.Text()).OfType<string>());
    }

    public static IEnumerable<AttributeData> Declarations(IAssemblySymbol assembly) =>
        assembly.GetAttributes().Where(attribute => attribute.Is(KnownNames.TelemetryTopic));

    public bool Contains(string topic) => _topics.Contains(topic);

    /// <summary>The declared topic that was probably meant; null where none is near.</summary>
    public string? Nearest(string topic) => _topics
        .Select(known => (known, distance: Distance(known.ToLowerInvariant(), topic.ToLowerInvariant())))
        .Where(near => near.distance <= MaxTypingErrors)
        .OrderBy(near => near.distance)
        .ThenBy(near => near.known, StringComparer.Ordinal)
        .Select(near => near.known)
        .FirstOrDefault();

    // Levenshtein's edit distance.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
