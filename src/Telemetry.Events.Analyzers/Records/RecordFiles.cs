using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Telemetry.Events.Analyzers.Records;

/// <summary>
/// What the two files say: an event's line in the unshipped one stands for that in the shipped one, and a removal in the
/// former ends it.
/// </summary>
internal sealed class RecordFiles
{
    public const string Shipped = "Events.Shipped.txt";
    public const string Unshipped = "Events.Unshipped.txt";

    private readonly Dictionary<string, (RecordedEvent Event, Location Place)> _events = new(StringComparer.Ordinal);
    private readonly List<(Location Place, string Trouble)> _unreadable = [];

    public IReadOnlyDictionary<string, (RecordedEvent Event, Location Place)> Events => _events;

    public IReadOnlyList<(Location Place, string Trouble)> Unreadable => _unreadable;

    /// <returns>Null where a project has neither file: it then records nothing.</returns>
    public static RecordFiles? Read(ImmutableArray<AdditionalText> texts, CancellationToken cancellation)
    {
        var shipped = texts.FirstOrDefault(text => IsNamed(text.Path, Shipped));
        var unshipped = texts.FirstOrDefault(text => IsNamed(text.Path, Unshipped));
        if (shipped is null && unshipped is null)
            return null;
        var files = new RecordFiles();
        foreach (var file in new[] { shipped, unshipped })
        {
            if (file?.GetText(cancellation) is { } content)
                files.Add(file.Path, content);
        }

        return files;
    }

    public static bool IsNamed(string? path, string name) =>
        string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);

    private void Add(string path, SourceText content)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in content.Lines)
        {
            var text = line.ToString().Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;
            var place = Location.Create(path, line.Span, content.Lines.GetLinePositionSpan(line.Span));
            if (text.StartsWith(RecordedEvent.RemovedMark, StringComparison.Ordinal))
                Remove(text.Substring(RecordedEvent.RemovedMark.Length).Trim(), place);
            else if (RecordedEvent.Parse(text, out var trouble) is not { } read)
                _unreadable.Add((place, trouble));
            else if (!seen.Add(read.Name))
                _unreadable.Add((place, $"records '{read.Name}' a second time"));
            else
                _events[read.Name] = (read, place);
        }
    }

    private void Remove(string line, Location place)
    {
        var name = line.Split(' ')[0];
        if (!_events.Remove(name))
            _unreadable.Add((place, $"removes '{name}', which is not recorded"));
    }
}
