using Telemetry.Cli.Commands;

return await TelemetryCommand.InvokeAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
