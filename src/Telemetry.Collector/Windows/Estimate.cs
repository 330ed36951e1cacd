namespace Telemetry.Collector.Windows;

/// <summary>A figure and the range that the samples leave open for it. What each bound rests on: docs/window-metrics.md.</summary>
/// <param name="Value">The best estimate, within the bounds.</param>
/// <param name="Lo">The truth is not below this.</param>
/// <param name="Hi">The truth is not above this; null where nothing that is known limits it.</param>
/// <param name="Method">How the value was found: one of <see cref="WindowMethod"/>.</param>
public readonly record struct Estimate(double Value, double Lo, double? Hi, string Method)
{
    /// <summary>Bounds that contradict the value give way to it: rounding may have carried one past it.</summary>
    internal static Estimate Within(double value, double lo, double? hi, string method) =>
        new(value, Math.Min(lo, value), hi is { } limit ? Math.Max(limit, value) : null, method);

    /// <summary>No more than the whole, in value and in bounds.</summary>
    internal Estimate PartOf(Estimate whole) => Within(
        Math.Min(Value, whole.Value),
        Lo,
        whole.Hi is { } most ? Math.Min(Hi ?? double.PositiveInfinity, most) : Hi,
        Method);
}
