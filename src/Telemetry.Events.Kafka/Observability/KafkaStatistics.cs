using System.Text.Json;

namespace Telemetry.Events.Kafka;

/// <summary>The last statistics of a transport's producer, and the totals of the producers that it has replaced.</summary>
/// <remarks>One thread writes at a time; any may read.</remarks>
internal sealed class KafkaStatistics
{
    private readonly Lock _gate = new();
    private ProducerStatistics _current = ProducerStatistics.None;
    private ProducerStatistics _replaced = ProducerStatistics.None;

    /// <summary>The current producer's queue and round trips; totals over all producers.</summary>
    public ProducerStatistics Read()
    {
        lock (_gate)
        {
            return _current with
            {
                SentMessages = _current.SentMessages + _replaced.SentMessages,
                SentBytes = _current.SentBytes + _replaced.SentBytes,
                Brokers = Sum(_current.Brokers, _replaced.Brokers),
            };
        }
    }

    /// <summary>False where the text is not librdkafka's JSON; what was known stays.</summary>
    public bool TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            var read = StatisticsReader.Read(json);
            lock (_gate)
                _current = read;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>A new producer counts from zero again; counters must not go back.</summary>
    public void OnReplaced()
    {
        var totals = Read();
        lock (_gate)
            (_replaced, _current) = (totals, ProducerStatistics.None);
    }

    private static IReadOnlyList<BrokerStatistics> Sum(IReadOnlyList<BrokerStatistics> current, IReadOnlyList<BrokerStatistics> replaced)
    {
        if (replaced.Count == 0)
            return current;
        var sums = current.ToDictionary(broker => broker.Address, StringComparer.Ordinal);
        foreach (var old in replaced)
        {
            sums[old.Address] = sums.TryGetValue(old.Address, out var now)
                ? now with
                {
                    Retries = now.Retries + old.Retries,
                    Connects = now.Connects + old.Connects,
                    Disconnects = now.Disconnects + old.Disconnects,
                }
                : old with { RoundTripP99 = TimeSpan.Zero, Throttle = TimeSpan.Zero };
        }

        return [.. sums.Values];
    }
}
