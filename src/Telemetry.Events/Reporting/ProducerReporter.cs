using Microsoft.Extensions.Logging;
using Telemetry.Events.Catalog;
using Telemetry.Events.Envelope;
using Telemetry.Events.Publishing;

namespace Telemetry.Events.Reporting;

/// <summary>
/// Publishes what became of this publisher's events: at each interval, and as the last event of all. A report counts as an event of its
/// class like any other; it cannot count itself, so its numbers are those of the moment before it.
/// </summary>
internal sealed class ProducerReporter
{
    // Of the shutdown's time: the rest is for the last report's own way to the broker, or to the disk.
    private const double ShareForOthers = 0.75;

    private readonly EnvelopeWriter _envelope;
    private readonly string _producer;
    private readonly LaneSet _lanes;
    private readonly PublishedTopics _topics;
    private readonly ReportTopic _topic;
    private readonly TelemetryEventsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DeliveryLane _lane;
    private readonly ITimer _timer;

    public ProducerReporter(
        EnvelopeWriter envelope, string producer, LaneSet lanes, PublishedTopics topics, SenderContext context)
    {
        (_envelope, _producer, _lanes, _topics, _topic) = (envelope, producer, lanes, topics, context.Reports);
        (_options, _time, _logger) = (context.Options, context.Time, context.Logger);
        _lane = lanes.BufferedFor(TelemetryProducerReport.Descriptor)!;
        var interval = _options.Report.Interval;
        // The activity of whoever built the publisher is no parent of its reports.
        using (ExecutionContext.SuppressFlow())
            _timer = _time.CreateTimer(static reporter => ((ProducerReporter)reporter!).Publish(isFinal: false), this, interval, interval);
    }

    /// <summary>Whether this lane carries the reports, and is stopped by <see cref="StopAsync"/>.</summary>
    public bool Owns(Lane lane) => lane == _lane;

    /// <summary>
    /// Refuses all else on the lane of the reports, waits until what all lanes hold is settled, and publishes the last report behind it.
    /// Where that takes too long, the report says so.
    /// </summary>
    /// <param name="hurry">Completes where there is no time to wait any more.</param>
    public async Task StopAsync(Task hurry)
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        _lane.Refuse();
        try
        {
            await Task.WhenAny(hurry, Task.WhenAll(_lanes.All.Select(lane => lane.WhenSettledAsync())))
                .WaitAsync(_options.ShutdownTimeout * ShareForOthers, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is not settled stands in the report as on its way, or on disk.
        }

        Publish(isFinal: true);
        _lane.Stop();
    }

    private void Publish(bool isFinal)
    {
        var ledger = _lanes.Ledger();
        // A tool that publishes nothing need not say so, to a topic that perhaps nobody made.
        if (_topic.IsMissing || ledger.Classes.All(entry => entry.Accepted == 0 && entry.Recovered == 0))
            return;

        var scratch = EnvelopeScratch.Rent();
        try
        {
            _envelope.Write(scratch, _envelope.PrefixOf(TelemetryProducerReport.Descriptor), Create(ledger, isFinal), out var record);
            var refusal = Add(record, scratch.ThreadId, isFinal);
            if (refusal != RefusalReason.None)
                _lane.CountRefusal(refusal);
        }
#pragma warning disable CA1031 // Accessors are the application's code, and a timer's thread that throws ends the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.PayloadFailed(exception, TelemetryProducerReport.Descriptor.Name);
            _lane.CountRefusal(RefusalReason.InvalidPayload);
        }
        finally
        {
            scratch.Return();
        }
    }

    private RefusalReason Add(in EventRecord record, int threadId, bool isFinal)
    {
        var length = record.EventLength;
        if (length > _options.MaxEventBytes)
            return RefusalReason.TooLarge;
        return isFinal
            ? _lane.TryAddLast(record, length)
            : _lane.TryAdd(_lane.StripeOf(threadId), record, length, confirmation: null);
    }

    // The sequences are read after the ledger: what is settled never has more of them than were given.
    private TelemetryProducerReport Create(LedgerSnapshot ledger, bool isFinal) => new(
        _producer,
        isFinal,
        (long)Math.Ceiling(_options.Report.Interval.TotalSeconds),
        [.. ledger.Classes.Select(entry => Create(entry, _lanes.LastSequenceOf(entry.Delivery)))]);

    private ProducerClassReport Create(DeliveryClassLedger entry, long lastSequence) => new(
        entry.Delivery,
        Math.Min(1, lastSequence),
        lastSequence,
        entry.Accepted,
        entry.Delivered,
        entry.Spooled,
        entry.Recovered,
        entry.Redelivered,
        entry.RecoveredDropped,
        _topics.Of(entry.Delivery),
        [.. entry.Dropped.OrderBy(drop => drop.Key, StringComparer.Ordinal).Select(drop =>
            new ProducerDropCount(drop.Key, drop.Value, _lanes.DroppedSequencesOf(entry.Delivery).Of(drop.Key)))]);
}
