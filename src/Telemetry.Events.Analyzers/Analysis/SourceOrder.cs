using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Analysis;

/// <summary>By file, then by place in it: the same in every build.</summary>
internal sealed class SourceOrder : IComparer<Location>
{
    public static readonly SourceOrder Instance = new();

    public int Compare(Location? x, Location? y)
    {
        var byFile = string.CompareOrdinal(x?.SourceTree?.FilePath, y?.SourceTree?.FilePath);
        return byFile != 0 ? byFile : Comparer<int?>.Default.Compare(x?.SourceSpan.Start, y?.SourceSpan.Start);
    }
}
