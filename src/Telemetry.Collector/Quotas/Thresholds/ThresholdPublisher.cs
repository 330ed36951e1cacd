using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Ingestion;
using Telemetry.Collector.Observability;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Events;
using Telemetry.Events.Catalog;

namespace Telemetry.Collector.Quotas.Thresholds;

/// <summary>
/// Publishes each threshold that is reached once a user, resource and period, and notes in the state log what Kafka has acknowledged. Where
/// a process ends between the two, the next one says it again. Safe for use from any thread; nothing that it does keeps a decision waiting.
/// </summary>
internal sealed class ThresholdPublisher : IThresholdSink, IAsyncDisposable
{
    private const string Prefix = "threshold/";

    /// <summary>How many events wait for their acknowledgement at most.</summary>
    private const int MaxPending = 100_000;

    private const int Stop = 100;

    private readonly IStateLog _log;
    private readonly ILogger<ThresholdPublisher> _logger;
    private readonly Lazy<TelemetryEvents> _events;
    // The start of the last period in which it was told, by the record's key.
    private readonly ConcurrentDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _pending = new(StringComparer.Ordinal);
    private readonly Counter<long> _published;
    private readonly Counter<long> _dropped;

    public ThresholdPublisher(IOptions<IngestionOptions> kafka, IStateLog log, IMeterFactory meters, ILogger<ThresholdPublisher> logger)
    {
        (_log, _logger) = (log, logger);
        _events = new Lazy<TelemetryEvents>(() => TelemetryEvents.Create(
            builder => builder.AddKafka(options => options.ConnectionString = kafka.Value.ConnectionString),
            options => options.ServiceName = "telemetry-collector"));
        var meter = meters.Create(CollectorMeter.Name);
        _published = meter.CreateCounter<long>("telemetry.collector.quota.thresholds.published", "{event}", "Events quota.limit.reach that Kafka has acknowledged.");
        _dropped = meter.CreateCounter<long>("telemetry.collector.quota.thresholds.dropped", "{event}", "Thresholds that were reached and let go without an event, by reason.");
        meter.CreateObservableGauge("telemetry.collector.quota.thresholds.pending", () => _pending.Count, "{event}", "Events quota.limit.reach that wait for Kafka.");
    }

    /// <summary>Whether a record of the state log is the publisher's.</summary>
    public static bool Owns(StateRecord record) => record.Key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Takes a record of the log's replay.</summary>
    /// <exception cref="JsonException">The record cannot be read.</exception>
    public void Restore(StateRecord record)
    {
        if (record.Value.IsEmpty)
            _told.TryRemove(record.Key, out _);
        else
            _told[record.Key] = JsonSerializer.Deserialize<long>(record.Value.Span);
    }

    public void Reached(in ThresholdCrossing crossing)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{crossing.Resource}/{crossing.Threshold}/{crossing.User}");
        var period = crossing.PeriodStart?.ToUnixTimeMilliseconds() ?? 0;
        if (_told.TryGetValue(key, out var told) && told >= period)
            return;
        if (_pending.Count >= MaxPending)
        {
            Drop(crossing, "too_many_pending");
            return;
        }

        if (_pending.TryAdd(key, period))
            _ = TellAsync(key, period, crossing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_events.IsValueCreated)
            await _events.Value.DisposeAsync();
    }

    private async Task TellAsync(string key, long period, ThresholdCrossing crossing)
    {
        try
        {
            var receipt = await ConfirmAsync(crossing);
            if (!receipt.IsDelivered)
            {
                // Told again when the ledger says it again.
                Drop(crossing, receipt.Reason ?? "unknown");
                return;
            }

            _told[key] = period;
            _published.Add(1);
            await _log.AppendAsync([new StateRecord(key, crossing.User, Encoding.UTF8.GetBytes(period.ToString(CultureInfo.InvariantCulture)))], CancellationToken.None);
        }
        catch (StateLogException exception)
        {
            _logger.ThresholdNotNoted(crossing.Resource, crossing.Threshold, exception.Message);
        }
#pragma warning disable CA1031 // Nobody waits for this task: what it meets is counted and logged here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.ThresholdFailed(exception, crossing.Resource, crossing.Threshold);
            _dropped.Add(1, new KeyValuePair<string, object?>("reason", "failed"));
        }
        finally
        {
            _pending.TryRemove(key, out _);
        }
    }

    private ValueTask<DeliveryReceipt> ConfirmAsync(in ThresholdCrossing crossing)
    {
        var publisher = _events.Value.Publisher;
        var (used, limit) = (crossing.Used.ToDecimal(), crossing.Limit.ToDecimal());
        return crossing.Threshold < Stop
            ? publisher.ConfirmAsync(new QuotaLimitReachWarn(crossing.User, crossing.Resource, crossing.Threshold, used, limit, crossing.PeriodStart, crossing.Tenant))
            : publisher.ConfirmAsync(new QuotaLimitReachStop(crossing.User, crossing.Resource, crossing.Threshold, used, limit, crossing.PeriodStart, crossing.Tenant));
    }

    private void Drop(in ThresholdCrossing crossing, string reason)
    {
        _logger.ThresholdDropped(crossing.Resource, crossing.Threshold, reason);
        _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }
}
