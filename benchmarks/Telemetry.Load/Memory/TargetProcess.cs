using System.Diagnostics;
using System.Text;
using Telemetry.Events.EventHubs.Tests.Gateway;
using Telemetry.Events.Testing;
using Telemetry.Load.Kafka;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Load.Memory;

/// <summary>What a memory run sends to, in a process of its own, so that its memory is not counted as the client's.</summary>
internal sealed class TargetProcess : IDisposable
{
    private readonly Process _process;

    private TargetProcess(Process process, string address, string certificatePem)
    {
        _process = process;
        Address = address;
        CertificatePem = certificatePem;
    }

    /// <summary>Addresses, a URL or a connection string, as the transport wants it.</summary>
    public string Address { get; }

    /// <summary>The authority of the target's certificate; empty without TLS.</summary>
    public string CertificatePem { get; }

    public static TargetProcess Start(MemoryTransport transport)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["target", transport.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var address = process.StandardOutput.ReadLine()!;
        return new TargetProcess(process, address, Encoding.UTF8.GetString(Convert.FromBase64String(process.StandardOutput.ReadLine()!)));
    }

    /// <summary>Runs the target until standard input ends.</summary>
    public static async Task ServeAsync(MemoryTransport transport)
    {
        if (transport == MemoryTransport.RestProxy)
        {
            await using var proxy = await RestProxyServer.StartAsync(new RestProxyServerOptions { MaxLoggedRequests = 0 });
            await AnnounceAsync(proxy.BaseAddress.ToString());
            return;
        }

        await using var kafka = EmbeddedKafkaCluster.Start(
            new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(BrokerProcess.Topic, BrokerProcess.Partitions)] });
        if (transport == MemoryTransport.Kafka)
        {
            await AnnounceAsync(kafka.BootstrapServers);
            return;
        }

        await using var gateway = new EventHubsGateway(kafka.BootstrapServers);
        await AnnounceAsync(gateway.AcceptKey("load"), gateway.CertificatePem);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    // The certificate takes many lines, and the parent reads one.
    private static async Task AnnounceAsync(string address, string certificatePem = "")
    {
        Console.WriteLine(address);
        Console.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(certificatePem)));
        await Console.In.ReadToEndAsync();
    }
}
