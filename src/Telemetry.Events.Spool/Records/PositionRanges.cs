namespace Telemetry.Events.Spool.Records;

/// <summary>Positions that no event has: given up, or lost to damage. Guarded by its owner.</summary>
internal sealed class PositionRanges
{
    private readonly List<(long First, long Last)> _ranges = [];

    public void Add(long first, long count)
    {
        if (count <= 0)
            return;
        if (_ranges.Count > 0 && _ranges[^1].Last == first - 1)
            _ranges[^1] = (_ranges[^1].First, first + count - 1);
        else
            _ranges.Add((first, first + count - 1));
    }

    public bool Contains(long position)
    {
        foreach (var (first, last) in _ranges)
        {
            if (position >= first && position <= last)
                return true;
        }

        return false;
    }

    /// <summary>How many of the positions from <paramref name="first"/> to <paramref name="last"/> no event has.</summary>
    public long CountWithin(long first, long last)
    {
        long count = 0;
        foreach (var range in _ranges)
            count += Math.Max(0, Math.Min(last, range.Last) - Math.Max(first, range.First) + 1);
        return count;
    }

    /// <summary>The last of the positions directly behind <paramref name="position"/> that no event has.</summary>
    public long PassOver(long position)
    {
        for (var i = 0; i < _ranges.Count; i++)
        {
            if (_ranges[i].First <= position + 1 && _ranges[i].Last > position)
                (position, i) = (_ranges[i].Last, -1);
        }

        return position;
    }

    /// <summary>Forgets what lies wholly before a position.</summary>
    public void ForgetBefore(long position) => _ranges.RemoveAll(range => range.Last < position);
}
