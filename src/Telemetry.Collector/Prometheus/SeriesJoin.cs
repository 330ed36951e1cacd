namespace Telemetry.Collector.Prometheus;

/// <summary>Joins the answers of consecutive queries, oldest first, into one series for each set of labels.</summary>
internal sealed class SeriesJoin
{
    private readonly Dictionary<string, Series> _byLabels = [];

    /// <summary>Whether anything was appended.</summary>
    public bool HasAny { get; private set; }

    public void Append(IReadOnlyList<Series> part)
    {
        HasAny = true;
        foreach (var series in part)
        {
            var key = Key(series.Labels);
            if (!_byLabels.TryGetValue(key, out var joined))
                _byLabels.Add(key, joined = new Series(series.Labels, new List<Sample>(series.Samples.Count)));

            var samples = (List<Sample>)joined.Samples;
            // Prometheus 2 repeats the sample on the border of two ranges.
            foreach (var sample in series.Samples)
            {
                if (samples.Count == 0 || sample.UnixMilliseconds > samples[^1].UnixMilliseconds)
                    samples.Add(sample);
            }
        }
    }

    public IReadOnlyList<Series> ToSeries() => [.. _byLabels.Values];

    // U+FFFF is a noncharacter: it separates what no label can hold.
    private static string Key(IReadOnlyDictionary<string, string> labels) => string.Join('\uffff', labels
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .SelectMany(label => new[] { label.Key, label.Value }));
}
