using System.Globalization;

namespace Telemetry.SpoolLoad;

/// <summary>All paths in alternating rounds, and the medians of each.</summary>
internal static class AcceptTable
{
    public static void Run(string directory, int rounds, TimeSpan duration)
    {
        Directory.CreateDirectory(directory);
        IAcceptPath[] paths =
        [
            new FlushPath(directory, 1, dataOnly: false),
            new FlushPath(directory, 16, dataOnly: false),
            new FlushPath(directory, 1, dataOnly: true),
            new SpoolPath(directory, 1, inFlight: 1),
            new SpoolPath(directory, 16, inFlight: 1),
            new SpoolPath(directory, 64, inFlight: 1),
            new SpoolPath(directory, 16, inFlight: 8),
            new SpoolPath(directory, 16, inFlight: 64),
        ];
        var results = paths.ToDictionary(path => path, _ => new List<Round>());
        // The first round warms up.
        for (var round = -1; round < rounds; round++)
        {
            foreach (var path in paths)
            {
                var result = Round.Measure(path, duration);
                if (round >= 0)
                    results[path].Add(result);
            }
        }

        var bare = Median(results[paths[1]], result => result.EventsPerSecond);
        Console.WriteLine("| path | events/s | by one fsync per event, 16 threads | p50 µs | p99 µs |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var path in paths)
        {
            var rate = Median(results[path], result => result.EventsPerSecond);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {path.Name} | {rate:F0} | {rate / bare:F1} | {Median(results[path], result => result.P50):F0} | {Median(results[path], result => result.P99):F0} |"));
            path.Dispose();
        }

        Directory.Delete(directory, recursive: true);
    }

    private static double Median(List<Round> rounds, Func<Round, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);
}
