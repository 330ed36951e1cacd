namespace Telemetry.Collector.Windows;

/// <summary>All that is known of a counter around a window. Immutable.</summary>
/// <param name="Line">The increase of all series together, resets corrected (<see cref="CounterLine"/>).</param>
/// <param name="Losses">What resets may have hidden.</param>
/// <param name="Capacity">The most that it can grow in a second, such as the number of cores; null where unknown.</param>
public sealed record CounterHistory(SampleLine Line, IReadOnlyList<CounterLoss> Losses, double? Capacity = null)
{
    /// <summary>The most that was hidden between two moments; 0 without resets.</summary>
    internal double LostBetween(double from, double to)
    {
        var lost = 0.0;
        foreach (var loss in Losses)
        {
            if (loss.From < to && loss.To > from)
                lost += loss.AtMost;
        }

        return lost;
    }
}
