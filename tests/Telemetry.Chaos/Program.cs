using Telemetry.Chaos;
using Telemetry.Chaos.Broker;
using Telemetry.Chaos.Producers;

// The first two are what the run starts of itself.
return args switch
{
    ["broker"] => BrokerHost.Run(),
    ["producer", var settings] => await ProducerHost.RunAsync(ProducerSettings.Parse(settings)),
    _ => await ChaosCommand.InvokeAsync(args, Console.Out),
};
