using System.Diagnostics;

namespace Telemetry.RestLoad;

/// <summary>The conformance server as a sink, in a process of its own: it parses every request in full and forgets the records.</summary>
internal sealed class SinkServer : IAsyncDisposable
{
    private readonly Process _process;

    private SinkServer(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it, from its own build folder beside this program's.</summary>
    public static async Task<SinkServer> StartAsync(string dialect)
    {
        // .../benchmarks/Telemetry.RestLoad/bin/Release/net10.0/ and .../tests/Telemetry.RestProxy.Conformance/bin/Release/net10.0/
        var own = AppContext.BaseDirectory;
        var tail = own[own.LastIndexOf("/bin/", StringComparison.Ordinal)..];
        var root = own[..own.IndexOf("/benchmarks/", StringComparison.Ordinal)];
        var program = $"{root}/tests/Telemetry.RestProxy.Conformance{tail}Telemetry.RestProxy.Conformance.dll";
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--sink", "--dialect", dialect]) { RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{program} did not start.");
        return new SinkServer(process, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
