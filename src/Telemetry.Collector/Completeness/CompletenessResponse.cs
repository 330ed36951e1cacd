namespace Telemetry.Collector.Completeness;

/// <summary>The body of <c>GET /v1/completeness</c>.</summary>
/// <param name="State">The worst of all: missing, in_flight, dropped, unreported, not_watched or complete, in this order.</param>
/// <param name="Missing">Events of all producers in the time that are missing.</param>
/// <param name="ProducerCount">Producers in the time; <paramref name="Producers"/> may be fewer, by the limit.</param>
/// <param name="Producers">The producers, newest first.</param>
public sealed record CompletenessResponse(string State, long Missing, int ProducerCount, IReadOnlyList<ProducerCompletenessResponse> Producers)
{
    private static readonly CompletenessState[] WorstFirst =
    [
        CompletenessState.Missing, CompletenessState.InFlight, CompletenessState.Dropped, CompletenessState.Unreported, CompletenessState.NotWatched,
        CompletenessState.Complete,
    ];

    internal static CompletenessResponse From(IReadOnlyList<ProducerCompleteness> producers, int limit)
    {
        var classes = producers.SelectMany(producer => producer.Classes).ToList();
        var worst = WorstFirst.FirstOrDefault(state => classes.Any(entry => entry.State == state), CompletenessState.Complete);
        return new CompletenessResponse(
            CompletenessStateNames.Of(worst),
            classes.Sum(entry => entry.Missing),
            producers.Count,
            [.. producers.Take(limit).Select(ProducerCompletenessResponse.From)]);
    }
}
