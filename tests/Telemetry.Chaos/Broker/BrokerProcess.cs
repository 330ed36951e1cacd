using System.Diagnostics;

namespace Telemetry.Chaos.Broker;

/// <summary>The brokers, seen from the process that started theirs. Safe for use from any thread.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly SemaphoreSlim _one = new(1);

    private BrokerProcess(Process process, string addresses)
    {
        _process = process;
        Addresses = addresses;
    }

    public string Addresses { get; }

    public static async Task<BrokerProcess> StartAsync()
    {
        var process = ChildProcess.Start("broker");
        return new BrokerProcess(
            process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The broker did not start."));
    }

    public async Task TellAsync(string command)
    {
        await _one.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(command);
            await _process.StandardInput.FlushAsync();
            var answer = await _process.StandardOutput.ReadLineAsync();
            if (answer != BrokerHost.Done)
                throw new InvalidOperationException($"The broker answered '{answer}' to '{command}'.");
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _one.Dispose();
    }
}
