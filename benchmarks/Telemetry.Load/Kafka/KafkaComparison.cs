using System.Globalization;
using Telemetry.Events.Kafka;

namespace Telemetry.Load.Kafka;

/// <summary>All paths to one broker, their rounds alternating, medians: what shares the machine then disturbs all alike.</summary>
internal static class KafkaComparison
{
    public static async Task<int> RunAsync(LoadOptions options)
    {
        using var broker = BrokerProcess.Start();
        using var count = new BrokerCount(broker.Address);
        var ready = await Sample.EncodeAsync();
        Console.WriteLine($"{options}; bodies of {ready.Average(e => e.Body.Length):F0} bytes; {Environment.ProcessorCount} cores");
        IKafkaPath[] all =
        [
            new BarePath(broker.Address, options, ready),
            new SdkPath(broker.Address, options),
            new TransportPath(broker.Address, options, ready, KafkaClient.Native),
            new TransportPath(broker.Address, options, ready, KafkaClient.Managed),
        ];
        var paths = all.Where(path => path.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)).ToArray();
        var rounds = paths.Select(_ => new List<Round>()).ToArray();
        var stored = paths.Select(_ => 0L).ToArray();
        for (var round = 0; round <= options.Rounds; round++)
        {
            for (var i = 0; i < paths.Length; i++)
            {
                var before = count.Stored();
                var measured = await Round.MeasureAsync(paths[i], options.Events);
                if (round == 0)
                    continue;
                rounds[i].Add(measured);
                stored[i] += count.Stored() - before;
            }
        }

        Print(paths, [.. rounds.Select(Round.Median)], stored, (long)options.Events * options.Rounds);
        foreach (var path in all)
            await path.DisposeAsync();
        return 0;
    }

    private static void Print(IKafkaPath[] paths, Round[] medians, long[] stored, long sent)
    {
        Console.WriteLine("| path | k events/s | CPU µs an event | bytes an event | stored by the broker | events/s to bare | CPU to bare |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        for (var i = 0; i < paths.Length; i++)
        {
            var (perSecond, cpu, bytes) = medians[i];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {paths[i].Name} | {perSecond / 1000:F0} | {cpu:F2} | {bytes:F1} | {(double)stored[i] / sent:P1} " +
                $"| {perSecond / medians[0].EventsPerSecond:F2} | {cpu / medians[0].CpuMicroseconds:F2} |"));
        }
    }
}
