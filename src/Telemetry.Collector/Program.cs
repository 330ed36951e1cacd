using Telemetry.Collector.Backfill;
using Telemetry.Collector.Hosting;

return args is [BackfillArguments.Command, .. var rest]
    ? await BackfillCommand.RunAsync(rest, Console.Out, Console.Error)
    : await CollectorApplication.RunAsync(args);
