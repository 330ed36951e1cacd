using System.Globalization;
using Microsoft.Extensions.Options;
using Telemetry.Events;
using Telemetry.Events.Catalog;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.Completeness;

/// <summary>
/// Notes the sequences of what was read, and producers' reports. Offsets are committed behind the store's transaction: a crash between the
/// two repeats records, which a set does not mind.
/// </summary>
internal sealed class CompletenessHandler(ICompletenessStore store, IOptions<CompletenessOptions> options, TimeProvider time) : IConsumedBatchHandler
{
    private const int MaxProducerLength = 128;
    private const int MaxReasons = 1000;

    // A million events a second for a century; sums of a thousand such are still numbers.
    private const long MaxCount = 1L << 52;

    public async ValueTask HandleAsync(ConsumedBatch batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var arrived = new Dictionary<ProducerClassKey, ArrivedEvents>();
        var reports = new List<ReceivedReport>();
        foreach (var consumed in batch.Events)
        {
            if (!TryReadPlace(consumed, out var key, out var sequence))
                continue;
            var at = consumed.Envelope.Time ?? now;
            EventsOf(arrived, key).Add(sequence, at);
            if (consumed.Envelope.Type != TelemetryProducerReport.Descriptor.Name.Value)
                continue;
            if (TryReadReport(consumed, key.Producer, out var report, out var error))
                Add(arrived, reports, new ReceivedReport { Source = consumed.Envelope.Source, Sequence = sequence, ReportedAt = at, ReceivedAt = now, Report = report });
            else
                batch.Reject(consumed, error);
        }

        if (arrived.Count > 0)
            await store.AddAsync(arrived, reports, cancellationToken);
    }

    private static void Add(Dictionary<ProducerClassKey, ArrivedEvents> arrived, List<ReceivedReport> reports, ReceivedReport report)
    {
        reports.Add(report);
        foreach (var entry in report.Report.Classes)
        {
            var events = EventsOf(arrived, new ProducerClassKey(report.Report.Producer, entry.Delivery));
            events.Widen(report.ReportedAt, report.ReportedAt);
            foreach (var range in entry.Dropped.SelectMany(drop => drop.Ranges))
                events.Dropped.Add(range.First, range.Last);
        }
    }

    private static ArrivedEvents EventsOf(Dictionary<ProducerClassKey, ArrivedEvents> arrived, ProducerClassKey key)
    {
        if (!arrived.TryGetValue(key, out var events))
            arrived.Add(key, events = new ArrivedEvents());
        return events;
    }

    private static bool TryReadReport(ConsumedEvent consumed, string producer, out TelemetryProducerReport report, out string error)
    {
        if (!consumed.TryReadData(ReportJsonContext.Default.TelemetryProducerReport, out report, out var mismatch))
            error = mismatch;
        else if (report.Producer != producer)
            error = $"The report is about producer '{report.Producer}', and was sent by '{producer}'.";
        else
            error = FindProblem(report) ?? "";
        return error.Length == 0;
    }

    // Anybody may write to the topic: what is stored must be what the arithmetic of completeness can work with.
    private static string? FindProblem(in TelemetryProducerReport report) =>
        report.IntervalSeconds < 1 || report.Classes.Select(entry => entry.Delivery).Distinct().Count() != report.Classes.Count ||
        report.Classes.Any(entry => entry.Topics is null || entry.Dropped is null || !Enum.IsDefined(entry.Delivery) ||
            !IsCount(entry.LastSequence) || !IsCount(entry.Delivered) || !IsCount(entry.Spooled) || entry.Dropped.Count > MaxReasons ||
            entry.Dropped.Any(drop => drop.Reason is null || !IsCount(drop.Count) || drop.Ranges is null || drop.Ranges.Any(range =>
                range.First < 1 || range.Last < range.First || !IsCount(range.Last))))
            ? "The report has a number or a range that cannot be."
            : null;

    private static bool IsCount(long value) => value is >= 0 and <= MaxCount;

    private bool TryReadPlace(ConsumedEvent consumed, out ProducerClassKey key, out long sequence)
    {
        key = default;
        sequence = 0;
        if (!options.Value.Topics.TryGetValue(consumed.Topic, out var delivery) ||
            consumed.Envelope.GetAttribute(EnvelopeAttributes.Producer) is not { Length: > 0 and <= MaxProducerLength } producer ||
            producer.Contains('\0') ||
            !long.TryParse(consumed.Envelope.GetAttribute(EnvelopeAttributes.Sequence), NumberStyles.None, CultureInfo.InvariantCulture, out sequence) ||
            sequence is < 1 or > MaxCount)
        {
            return false;
        }

        key = new ProducerClassKey(producer, delivery);
        return true;
    }
}
