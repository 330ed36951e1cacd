using Telemetry.Collector.Backfill;
using Telemetry.Collector.DirectTopics.Commands;
using Telemetry.Collector.Hosting;

return args switch
{
    [BackfillArguments.Command, .. var rest] => await BackfillCommand.RunAsync(rest, Console.Out, Console.Error),
    ["schema", .. var rest] => await SchemaCommand.RunAsync(rest),
    _ => await CollectorApplication.RunAsync(args),
};
