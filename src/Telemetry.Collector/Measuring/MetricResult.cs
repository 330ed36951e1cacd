namespace Telemetry.Collector.Measuring;

/// <summary>What became of one metric for one run.</summary>
/// <param name="State">Of all its values.</param>
/// <param name="Values">One for each aggregation; without figures in the state no_data.</param>
/// <param name="Summary">All figures of the node or pod in one row, where it is measured in full.</param>
/// <param name="Lack">What is missing, in words that follow the metric's name; null where it is measured in full.</param>
internal sealed record MetricResult(
    ValueState State, IReadOnlyList<MeasuredValue> Values, MetricSummary? Summary, string? Lack)
{
    /// <summary>The series that it was made of; null where no target was found.</summary>
    public MetricReading? Reading { get; init; }

    public ExplainedMetric Explain(string metric)
    {
        var figure = Values.FirstOrDefault(value => value.Aggregation is "integral" or "own") ?? Values[0];
        return new ExplainedMetric(
            metric, ValueStateNames.Of(State), Reading?.Target, Reading?.Selectors ?? [], figure.Method, figure.Samples, figure.Coverage, Lack);
    }
}
