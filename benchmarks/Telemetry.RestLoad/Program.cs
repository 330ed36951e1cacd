using System.Diagnostics;
using System.Globalization;
using Telemetry.RestLoad;

// Telemetry.RestLoad [dialect=v2] [records per round=1000000] [rounds=7] [only paths whose name holds this, for a profiler]
var dialect = args.ElementAtOrDefault(0) ?? "v2";
var records = long.Parse(args.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture);
var rounds = int.Parse(args.ElementAtOrDefault(2) ?? "7", CultureInfo.InvariantCulture);
const int RecordsPerRequest = 500;
const int InFlight = 4;
const int Events = 10_000;

await using var server = await SinkServer.StartAsync(dialect);
await using var ready = new LeanPath(server.Address, dialect, RecordsPerRequest, InFlight, Events, encodes: false);
await using var encoding = new LeanPath(server.Address, dialect, RecordsPerRequest, InFlight, Events, encodes: true);
await using var one = new TransportPath(server.Address, RecordsPerRequest, InFlight, Events, deliveryClasses: 1);
await using var three = new TransportPath(server.Address, RecordsPerRequest, InFlight, Events, deliveryClasses: 3);
ILoadPath[] paths = [.. new ILoadPath[] { ready, encoding, one, three }.Where(path => path.Name.Contains(args.ElementAtOrDefault(3) ?? "", StringComparison.Ordinal))];
var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
Console.WriteLine($"{dialect}, {RecordsPerRequest} records a request, {InFlight} in flight, {Environment.ProcessorCount} cores shared with the server, load {load}");

// Both sides are compiled in full, and the server's pools have their size.
foreach (var path in paths.Concat(paths))
    await path.SendAsync(records);

var results = paths.ToDictionary(path => path, _ => new List<Round>());
for (var i = 0; i < rounds; i++)
{
    foreach (var path in i % 2 == 0 ? paths : paths.Reverse())
        results[path].Add(await RunAsync(path));
}

Console.WriteLine("| path | records/s | client CPU s per million | server CPU s per million | bytes a record |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var (path, list) in results)
{
    var median = Round.Median(list);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {path.Name} | {median.RecordsPerSecond:N0} | {median.CpuSecondsPerMillion:F2} | {median.ServerCpuSecondsPerMillion:F2} | {median.BytesPerRecord:F1} |"));
}

foreach (var path in paths.OfType<TransportPath>())
{
    foreach (var bare in paths.OfType<LeanPath>())
    {
        var ratios = results[path].Zip(results[bare], (ours, its) => ours.RecordsPerSecond / its.RecordsPerSecond).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path.Name} by {bare.Name}: median {ratios[ratios.Count / 2]:F2}, from {ratios[0]:F2} to {ratios[^1]:F2} in {rounds} rounds"));
    }
}

async Task<Round> RunAsync(ILoadPath path)
{
    var allocated = GC.GetTotalAllocatedBytes(precise: true);
    var cpu = Environment.CpuUsage.TotalTime;
    var serverCpu = server.Cpu;
    var start = Stopwatch.GetTimestamp();
    var acknowledged = await path.SendAsync(records);
    var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    if (acknowledged != records)
        throw new InvalidOperationException($"{path.Name}: the server acknowledged {acknowledged} of {records} records.");
    return new Round(
        records / seconds,
        (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / records * 1e6,
        (server.Cpu - serverCpu).TotalSeconds / records * 1e6,
        (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)records);
}
