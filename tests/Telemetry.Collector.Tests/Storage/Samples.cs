using System.Text;
using Telemetry.Collector.DeadLetters;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Runs;
using Telemetry.Collector.Storage;

namespace Telemetry.Collector.Tests.Storage;

/// <summary>Events and figures that the tests of stores and endpoints share.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    public static MetricSummary Cpu { get; } = new("node.cpu", "cores", "core-seconds", 0.25, 2, 1.5, 1.75, 30, 12);

    public static MetricSummary Memory { get; } = new("node.memory", "bytes", "byte-seconds", 1e9, 2e9, 1.5e9, 1.9e9, 3e10, 11);

    public static MeasuredValue CpuOwn { get; } =
        new("node.cpu", "own", ValueState.Partial, 20, 18.5, null, "core-seconds", 12, 0.75, "joint");

    public static MeasuredValue NoDisk { get; } =
        new("node.disk", "max", ValueState.NoData, null, null, null, "bytes", 0, 0, "none");

    public static RunEvent Start(string taskId, double atSecond = 0) => new()
    {
        EventId = $"{taskId}-start",
        Kind = RunKind.Task,
        Boundary = RunBoundary.Start,
        TaskId = taskId,
        Time = Noon.AddSeconds(atSecond),
        UserId = "ann",
        Model = "llm",
        Node = "node-1",
        TenantId = "tenant",
        VmType = "gpu-8",
    };

    public static RunEvent Finish(string taskId, double atSecond = 20) => new()
    {
        EventId = $"{taskId}-finish",
        Kind = RunKind.Task,
        Boundary = RunBoundary.Finish,
        TaskId = taskId,
        Time = Noon.AddSeconds(atSecond),
        Outcome = "failed",
        Error = "out of memory",
    };

    public static ConsumedRunEvent At(this RunEvent runEvent, long offset) =>
        new(runEvent, "xumi_task", 0, offset, Noon.AddSeconds(offset), Encoding.UTF8.GetBytes(runEvent.EventId));

    public static DeadLetter DeadLetter(long offset, byte[]? raw = null) => new()
    {
        Topic = "xumi_task",
        Partition = 0,
        Offset = offset,
        Reason = "The value is not JSON.",
        ReceivedAt = Noon.AddSeconds(offset),
        Raw = raw ?? "{"u8.ToArray(),
    };

    public static string Id(string taskId) => RunId.For(RunKind.Task, taskId, $"{taskId}-start");

    public static Task ApplyAsync(this IRunStore store, params RunEvent[] events) =>
        store.ApplyAsync([.. events.Select((runEvent, offset) => runEvent.At(offset))], [], CancellationToken.None);
}
