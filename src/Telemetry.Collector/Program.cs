using Telemetry.Collector.DirectTopics.Commands;
using Telemetry.Collector.Hosting;

return args is ["schema", .. var rest] ? await SchemaCommand.RunAsync(rest) : await CollectorApplication.RunAsync(args);
