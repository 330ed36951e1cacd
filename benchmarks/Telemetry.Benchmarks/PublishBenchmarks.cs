using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Telemetry.Benchmarks.Paths;
using Telemetry.Benchmarks.Rounds;

namespace Telemetry.Benchmarks;

/// <summary>One event by each path, in bursts. The program <c>compare</c> measures the same with alternating rounds.</summary>
[SimpleJob(warmupCount: 20, iterationCount: 100, invocationCount: 1)]
[MemoryDiagnoser]
public class PublishBenchmarks
{
    private const int CallsPerBurst = 10_000;

    private Activity? _activity;
    private IPublishPath? _path;
    private long _expected;

    [GlobalSetup(Target = nameof(Telemetry))]
    public void SetUpTelemetry() => SetUp(() => new TelemetryPath());

    [GlobalSetup(Target = nameof(OpenTelemetry))]
    public void SetUpOpenTelemetry() => SetUp(() => new OpenTelemetryPath());

    [GlobalSetup(Target = nameof(Serilog))]
    public void SetUpSerilog() => SetUp(() => new SerilogPath());

    [GlobalSetup(Target = nameof(CloudEvents))]
    public void SetUpCloudEvents() => SetUp(() => new CloudEventsPath());

    [Benchmark(Baseline = true, OperationsPerInvoke = CallsPerBurst)]
    public void Telemetry() => Burst();

    [Benchmark(OperationsPerInvoke = CallsPerBurst)]
    public void OpenTelemetry() => Burst();

    [Benchmark(OperationsPerInvoke = CallsPerBurst)]
    public void Serilog() => Burst();

    [Benchmark(OperationsPerInvoke = CallsPerBurst)]
    public void CloudEvents() => Burst();

    [IterationCleanup]
    public void Drain() => _path!.Drain(_expected);

    [GlobalCleanup]
    public void CleanUp()
    {
        var lost = _expected - _path!.Arrived;
        _path.Dispose();
        _activity!.Dispose();
        if (lost != 0)
            throw new InvalidOperationException($"{lost} of {_expected} events did not arrive: the figure is not that of an accepted call.");
    }

    private void SetUp(Func<IPublishPath> path)
    {
        _activity = Sample.StartActivity();
        _path = path();
        ComparisonProgram.WarmUp(_path);
        _expected = _path.Arrived;
    }

    private void Burst()
    {
        for (var i = 0; i < CallsPerBurst; i++)
            _path!.Call();
        _expected += CallsPerBurst;
    }
}
