using Telemetry.Load;
using Telemetry.Load.Kafka;
using Telemetry.Load.Memory;

switch (args)
{
    case ["broker"]:
        BrokerProcess.Serve();
        return 0;
    case ["kafka", .. var options]:
        return await KafkaComparison.RunAsync(LoadOptions.Parse(options));
    case ["compression", .. var options]:
        return await CompressionComparison.RunAsync(LoadOptions.Parse(options));
    case ["memory", .. var options]:
        return await MemoryRun.RunAsync(MemoryOptions.Parse(options));
    case ["target", var transport]:
        await TargetProcess.ServeAsync(Enum.Parse<MemoryTransport>(transport));
        return 0;
    default:
        Console.Error.WriteLine("kafka|compression [--events 400000] [--rounds 7] [--linger 0] [--compression Lz4] [--header true] [--statistics 00:00:15]");
        Console.Error.WriteLine("memory [--transport Kafka|RestProxy|EventHubs] [--minutes 10] [--rate 20000] [--interval 00:00:30]");
        return 2;
}
