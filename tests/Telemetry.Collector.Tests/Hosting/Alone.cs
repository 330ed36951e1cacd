namespace Telemetry.Collector.Tests.Hosting;

/// <summary>
/// OpenTelemetry listens to meters by name, to those of every Collector in the process: what reads numbers at /metrics must run alone.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
