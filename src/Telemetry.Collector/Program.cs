using Telemetry.Collector.Hosting;

return await CollectorApplication.RunAsync(args);
