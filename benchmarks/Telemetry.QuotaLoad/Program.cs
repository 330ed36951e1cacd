using System.Globalization;
using Telemetry.QuotaLoad;
using Telemetry.QuotaLoad.Http;
using Telemetry.QuotaLoad.Reserving;

var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
Console.WriteLine($"{Environment.ProcessorCount} cores, load {load}");
switch (args)
{
    case ["check", .. var options]:
        await CheckRun.RunAsync(Number(options, 7));
        return 0;
    case ["ingest", .. var options]:
        await IngestRun.RunAsync(Number(options, 7));
        return 0;
    case ["memory", .. var options]:
        await MemoryRun.RunAsync(Number(options, 1_000_000));
        return 0;
    case ["reserve", .. var options]:
        return await ReserveBenchmark.RunAsync(Number(options, 20_000));
    case ["http", .. var options]:
        return await HttpBenchmark.RunAsync(options);
    default:
        Console.Error.WriteLine("check [rounds=7] | ingest [rounds=7] | memory [users=1000000] | reserve [reservations=20000]");
        Console.Error.WriteLine("http [--rounds 5] [--seconds 5] [--connections 64]");
        return 2;
}

static int Number(string[] options, int fallback) => options is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
