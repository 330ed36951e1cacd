using System.Runtime.InteropServices;
using Telemetry.RestProxy.Conformance;

RestProxyServerOptions options;
try
{
    options = CommandLine.Parse(args);
}
catch (ArgumentException problem)
{
    await Console.Error.WriteLineAsync($"{problem.Message}\n\n{CommandLine.Usage}");
    return 1;
}

var stop = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
await using var server = await RestProxyServer.StartAsync(options);
Console.WriteLine(server.BaseAddress);
await stop.Task;
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}
