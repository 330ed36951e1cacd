using System.Globalization;

namespace Telemetry.Samples.Demo;

/// <summary>The runs as a table for a person.</summary>
internal static class RunTable
{
    private const string Unknown = "-";
    private const double MebiByte = 1 << 20;
    private const double Tolerance = 0.15;

    private static readonly string[] Header =
        ["run", "kind", "node", "start (UTC)", "duration", "CPU-seconds", "own clock", "avg cores", "peak memory", "state"];

    /// <summary>The table, and below it what a reader needs to judge it.</summary>
    public static string Render(IReadOnlyList<ExpectedRun> runs)
    {
        string[][] rows = [Header, .. runs.Select(Row)];
        var widths = Header.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return string.Join(Environment.NewLine,
        [
            .. lines,
            "",
            "CPU-seconds, cores and memory are the node's, in exactly the time of the run; own clock is the process' CPU clock.",
            .. runs.Select(Remark).OfType<string>(),
        ]);
    }

    private static string[] Row(ExpectedRun expected)
    {
        var run = expected.Run;
        var cpu = run?.Metric("node.cpu");
        var memory = run?.Metric("node.memory.used");
        return
        [
            expected.Plan.Name,
            expected.Kind,
            run?.Node ?? Unknown,
            run?.StartedAt is { } start ? start.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) : Unknown,
            Number((run?.FinishedAt - run?.StartedAt)?.TotalSeconds, "0.00 s"),
            Number(cpu?.Integral, "0.00"),
            Number(expected.OwnCpuSeconds, "0.00"),
            Number(cpu?.Avg, "0.00"),
            Number(memory?.Max / MebiByte, "#,0 MiB"),
            expected.State,
        ];
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? Unknown;

    private static string? Remark(ExpectedRun expected)
    {
        if (expected.Run is not { IsMeasured: true } run)
            return $"{expected} is not measured: {expected.Run?.StateReason ?? "the Collector gives no reason; its log may."}";

        // A load uses next to no CPU time, of which the node's other work is easily more than the tolerance.
        var own = expected.Kind == RunnerPlan.Task ? expected.OwnCpuSeconds : null;
        if (own is not > 0 || run.Metric("node.cpu")?.Integral is not { } measured)
            return null;
        return Math.Abs(measured - own.Value) > Tolerance * own.Value
            ? $"{expected}: the node's CPU-seconds are off the process' own by more than 15 %: something else was busy on it."
            : null;
    }
}
