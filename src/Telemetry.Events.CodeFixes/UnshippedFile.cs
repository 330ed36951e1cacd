using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Telemetry.Events.Analyzers.Records;

namespace Telemetry.Events.CodeFixes;

/// <summary>Changes <c>Events.Unshipped.txt</c> of a project: one line an event, ordered by name, comments left alone.</summary>
internal static class UnshippedFile
{
    public static TextDocument? Of(Project? project) =>
        project?.AdditionalDocuments.FirstOrDefault(document => RecordFiles.IsNamed(document.FilePath ?? document.Name, RecordFiles.Unshipped));

    public static async Task<Solution> RecordAsync(
        Solution solution, ProjectId project, IEnumerable<string> lines, CancellationToken cancellation)
    {
        if (Of(solution.GetProject(project)) is not { } document)
            return solution;
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var changed = Merge(text.ToString(), lines);
        return solution.WithAdditionalDocumentText(document.Id, SourceText.From(changed, text.Encoding));
    }

    /// <summary>Puts each line where its name belongs, in place of one that records or removes the same event.</summary>
    internal static string Merge(string content, IEnumerable<string> lines)
    {
        var newLine = content.Contains("\r\n") ? "\r\n" : "\n";
        var merged = content.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        while (merged.Count > 0 && merged[merged.Count - 1].Length == 0)
            merged.RemoveAt(merged.Count - 1);
        foreach (var line in lines)
        {
            merged.RemoveAll(other => NameOf(other) == NameOf(line));
            var next = merged.FindIndex(other => NameOf(other) is { } name && string.CompareOrdinal(name, NameOf(line)) > 0);
            merged.Insert(next < 0 ? merged.Count : next, line);
        }

        return string.Join(newLine, merged) + newLine;
    }

    // Null for a comment or an empty line.
    private static string? NameOf(string line)
    {
        line = line.Trim();
        if (line.StartsWith(RecordedEvent.RemovedMark, StringComparison.Ordinal))
            line = line.Substring(RecordedEvent.RemovedMark.Length).TrimStart();
        return line.Length == 0 || line[0] == '#' ? null : line.Split(' ', '\t')[0];
    }
}
