using Telemetry.Samples.Demo;

if (!DemoOptions.TryParse(args, Environment.GetEnvironmentVariable, out var options, out var exitCode))
    return exitCode;

var console = new DemoConsole(Console.Out, TimeProvider.System);
using var signals = new StopSignals();
using var announcement = signals.Token.Register(() => console.Step("stopping"));
try
{
    return await new DemoSession(options, DemoPaths.Locate(), console, TimeProvider.System).RunAsync(signals.Token);
}
catch (DemoFailedException e)
{
    console.Say(e.Message);
    return ExitCodes.Failed;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    console.Say("Stopped before it was done.");
    return ExitCodes.Interrupted;
}
