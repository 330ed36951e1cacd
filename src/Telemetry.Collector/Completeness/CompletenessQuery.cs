using Microsoft.AspNetCore.Mvc;
using Telemetry.Collector.Api;

namespace Telemetry.Collector.Completeness;

/// <summary>The query of <c>GET /v1/completeness</c>, as text, so that each wrong value gets its own sentence.</summary>
/// <param name="From">Producers whose newest event is at or after this time, such as 2026-08-01T12:00:00Z.</param>
/// <param name="To">Producers whose oldest event is before this time.</param>
/// <param name="Limit">1 to 1000; default 100.</param>
internal sealed record CompletenessQuery(
    [FromQuery(Name = "from")] string? From, [FromQuery(Name = "to")] string? To, [FromQuery(Name = "limit")] string? Limit)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <returns>The times and the limit, or what is wrong with the query.</returns>
    public (DateTimeOffset From, DateTimeOffset To, int Limit, string? Problem) Parse()
    {
        var values = new QueryValues();
        var from = values.Time("from", From) ?? DateTimeOffset.MinValue;
        var to = values.Time("to", To) ?? DateTimeOffset.MaxValue;
        var limit = values.Limit(Limit, DefaultLimit, MaxLimit);
        if (from > to)
            values.Fail("from is after to: exchange them.");
        return (from, to, limit, values.Problem);
    }
}
