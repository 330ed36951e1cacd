using Telemetry.Load;
using Telemetry.Load.Kafka;

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
        return await MemoryRun.RunAsync(LoadOptions.Parse(options));
    default:
        Console.Error.WriteLine("kafka|compression|memory [--events 400000] [--rounds 7] [--linger 0] [--compression Lz4] [--header true] [--statistics 00:00:15] [--minutes 2]");
        return 2;
}
