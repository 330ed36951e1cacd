using System.Diagnostics;

namespace Telemetry.SpoolLoad;

/// <summary>One round of one path: how many events a second, and how long a call took.</summary>
/// <param name="EventsPerSecond">Events accepted by all threads.</param>
/// <param name="P50">Median time of a call, in microseconds.</param>
/// <param name="P99">99th percentile.</param>
internal sealed record Round(double EventsPerSecond, double P50, double P99)
{
    public static Round Measure(IAcceptPath path, TimeSpan duration)
    {
        var calls = new List<double>[path.Threads];
        var events = new long[path.Threads];
        using var start = new Barrier(path.Threads);
        var threads = Enumerable.Range(0, path.Threads).Select(index => new Thread(() =>
        {
            calls[index] = new List<double>(1 << 18);
            start.SignalAndWait();
            var started = Stopwatch.GetTimestamp();
            var before = started;
            while (Stopwatch.GetElapsedTime(started, before) < duration)
            {
                events[index] += path.Accept();
                var after = Stopwatch.GetTimestamp();
                calls[index].Add(Stopwatch.GetElapsedTime(before, after).TotalMicroseconds);
                before = after;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var sorted = calls.SelectMany(list => list).Order().ToList();
        return new Round(events.Sum() / duration.TotalSeconds, sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
    }
}
