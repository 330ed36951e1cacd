namespace Telemetry.Collector.Measuring.Catalog;

/// <summary>A metric that is measured for every run.</summary>
/// <param name="Name">Its name in the store and on the API, such as <c>node.cpu</c>.</param>
/// <param name="Kind">How samples become figures.</param>
/// <param name="Unit">Of the value; for a counter, of its rate.</param>
/// <param name="IntegralUnit">Of the value summed over seconds; for a counter, of its increase.</param>
/// <param name="IsOptional">Where no series is found, there is no value, rather than one in the state no_data.</param>
/// <param name="Aggregations">The figures wanted.</param>
/// <param name="Sources">In order of preference.</param>
public sealed record MetricDefinition(
    string Name,
    MetricKind Kind,
    string Unit,
    string IntegralUnit,
    bool IsOptional,
    IReadOnlyList<MetricAggregation> Aggregations,
    IReadOnlyList<MetricSource> Sources);
