using Telemetry.AotSmoke;

try
{
    if (args is [var proxy])
    {
        var receipt = await SmokeRun.RestProxyAsync(proxy);
        Console.WriteLine($"{(receipt.IsDelivered ? "delivered" : receipt.Reason)} {receipt.Topic} {receipt.Partition} {receipt.Offset}");
        return 0;
    }

    var read = await SmokeRun.HostedAsync() + await SmokeRun.HostlessAsync();
    Console.WriteLine($"ok {read}");
    return 0;
}
catch (SmokeFailedException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
