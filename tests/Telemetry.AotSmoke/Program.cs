using Telemetry.AotSmoke;

try
{
    var read = await SmokeRun.HostedAsync() + await SmokeRun.HostlessAsync();
    Console.WriteLine($"ok {read}");
    return 0;
}
catch (SmokeFailedException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
