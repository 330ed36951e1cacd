using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Telemetry.Quota.Client;

/// <summary>The meter <c>Telemetry.Quota.Client</c>. Names and attributes are a contract: docs/quota.md.</summary>
internal sealed class QuotaMetrics : IDisposable
{
    public const string MeterName = "Telemetry.Quota.Client";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _lost;

    public QuotaMetrics(IMeterFactory? meters)
    {
        _meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _duration = _meter.CreateHistogram<double>("telemetry.quota.request.duration", "s", "From a call to its result, all tries and pauses.");
        _decisions = _meter.CreateCounter<long>("telemetry.quota.decisions", "{decision}", "Reservations and checks, by outcome and whether work went on.");
        _lost = _meter.CreateCounter<long>("telemetry.quota.leases.unreleased", "{lease}", "Leases that were disposed and could not be given back: they end by their time.");
    }

    public void Record(string operation, TimeSpan duration, int status)
    {
        if (!_duration.Enabled)
            return;
        var tags = new TagList { { "operation", operation } };
        if (status > 0)
            tags.Add("http.response.status_code", status);
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void CountDecision(string operation, QuotaOutcome outcome, bool mayProceed) => _decisions.Add(
        1, new("operation", operation), new("outcome", NameOf(outcome)), new("proceeds", mayProceed));

    public void CountUnreleased() => _lost.Add(1);

    public void Dispose() => _meter.Dispose();

    private static string NameOf(QuotaOutcome outcome) => outcome switch
    {
        QuotaOutcome.Granted => "granted",
        QuotaOutcome.Denied => "denied",
        QuotaOutcome.Conflict => "conflict",
        _ => "unavailable",
    };
}
