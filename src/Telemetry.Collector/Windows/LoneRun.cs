namespace Telemetry.Collector.Windows;

/// <summary>
/// The bounds of a counter in a window with no other run near it. What the samples before <c>0</c> and after <c>length</c>
/// allow for the two pieces outside the window decides all of it.
/// </summary>
internal static class LoneRun
{
    /// <returns>The node's increase in the window, and the run's part of it.</returns>
    public static (Estimate Node, Estimate Own) Bound(CounterHistory history, double length, double value)
    {
        var line = history.Line;
        var background = Background.Of(line, (from, to) => to <= 0 || from >= length);
        var start = OutsidePiece.BeforeStart(line, background, history.Capacity);
        var finish = OutsidePiece.AfterFinish(line, length, background, history.Capacity);
        var bracketed = line.At(length + finish.Seconds) - line.At(-start.Seconds);
        // The pieces share what was counted where both edges lie between the same two samples.
        var most = Math.Max(0, bracketed - start.Lo - finish.Lo);
        var least = Math.Max(0, bracketed - start.Hi - finish.Hi);
        var unseen = start.Unseen + finish.Unseen;
        double? hi = most + history.LostBetween(0, length);
        if (unseen > 0)
            hi = history.Capacity is { } rate ? hi + rate * unseen : null;
        if (history.Capacity is { } capacity)
            hi = Math.Min(hi ?? double.PositiveInfinity, capacity * length);

        var method = start.Method == finish.Method ? start.Method
            : start.Method == WindowMethod.Exact ? finish.Method
            : finish.Method == WindowMethod.Exact ? start.Method : WindowMethod.Linear;
        var node = Estimate.Within(value, least, hi, method);
        return (node, Own(node, background, start.Rate, finish.Rate, length));
    }

    private static Estimate Own(Estimate node, Background background, double? before, double? after, double length)
    {
        // Without a rate outside, nothing tells the run from what else there was.
        if ((before ?? after) is not { } known)
            return Estimate.Within(node.Value, 0, node.Hi, node.Method);
        var share = length * (before ?? known) / 2 + length * (after ?? known) / 2;
        var margin = background.BetweenMargin(length);
        return Estimate.Within(
            Math.Max(0, node.Value - share),
            Math.Max(0, node.Lo - share - margin),
            node.Hi - Math.Max(0, share - margin) is { } hi ? Math.Max(0, hi) : null,
            node.Method).PartOf(node);
    }
}
