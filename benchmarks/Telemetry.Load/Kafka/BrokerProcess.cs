using System.Diagnostics;
using Telemetry.Events.Testing;

namespace Telemetry.Load.Kafka;

/// <summary>The embedded broker in a process of its own, so that its work is not counted as the client's.</summary>
internal sealed class BrokerProcess : IDisposable
{
    public const int Partitions = 8;
    public const string Topic = "wkf_cpu";

    private readonly Process _process;

    private BrokerProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public TimeSpan Cpu => _process.TotalProcessorTime;

    public static BrokerProcess Start()
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["broker"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new BrokerProcess(process, process.StandardOutput.ReadLine()!);
    }

    /// <summary>Runs the broker until standard input ends.</summary>
    public static void Serve()
    {
        using var cluster = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new EmbeddedKafkaTopic(Topic, Partitions)] });
        Console.WriteLine(cluster.BootstrapServers);
        Console.In.ReadToEnd();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
