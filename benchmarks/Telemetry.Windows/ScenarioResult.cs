namespace Telemetry.WindowBenchmark;

/// <summary>A scenario's errors, relative to the truth.</summary>
internal sealed record ScenarioResult(
    string Name, int Cases, MethodResult Node, MethodResult Own, double? RangeMean, double? Increase, double? OpenCost)
{
    public static ScenarioResult Of(Scenario scenario, int cases, int seed)
    {
        var generator = new CaseGenerator(scenario, seed);
        var drawn = Enumerable.Range(0, cases).Select(_ => generator.Next()).ToArray();
        var measured = drawn.Select(window => window.Measure()).ToArray();
        return new ScenarioResult(
            scenario.Name, cases,
            MethodResult.Of([.. measured.Zip(drawn, (figures, window) => (figures.Node.Integral, window.Truth))]),
            MethodResult.Of([.. measured.Zip(drawn, (figures, window) => (figures.Own, window.OwnTruth))]),
            MedianError(drawn, Baselines.RangeMean), MedianError(drawn, Baselines.Increase), MedianError(drawn, Baselines.OpenCost));
    }

    /// <summary>Null where half of the cases have no answer at all: they count as infinitely wrong.</summary>
    private static double? MedianError(WindowCase[] cases, Func<WindowCase, double?> method)
    {
        var errors = cases
            .Select(window => method(window) is { } value ? Math.Abs(value - window.Truth) / window.Truth : double.PositiveInfinity)
            .Order().ToArray();
        return double.IsFinite(errors[errors.Length / 2]) ? errors[errors.Length / 2] : null;
    }
}
