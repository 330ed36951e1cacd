using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Log.Kafka;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;
using Telemetry.Events.Testing;

namespace Telemetry.QuotaLoad.Reserving;

/// <summary>
/// A reservation with its acknowledgement, beside a bare produce of the same bytes with acks=all: the same broker, the same run, in turns.
/// The embedded broker answers from memory, so that what is measured is the way there and back and what the ledger adds.
/// </summary>
internal static class ReserveBenchmark
{
    private const int Turn = 100;

    /// <param name="reservations">How many of each.</param>
    /// <returns>0 where the 99th percentile is at most twice the broker's own.</returns>
    public static async Task<int> RunAsync(int reservations)
    {
        using var kafka = EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [new("quota_state", 12), new("bare", 12)] });
        using var log = new KafkaStateLog(kafka.BootstrapServers, new StateLogOptions(), NullLogger<KafkaStateLog>.Instance);
        var seen = new SeenLog(log);
        var ledger = new QuotaLedger(
            new QuotaOptions(), [new QuotaResource("cpu", [])], [], new OneLimit(), new EmptyStore(), seen, new NoThresholds(), TimeProvider.System);
        ledger.Restored();
        ledger.Begin(UsagePositions.None);
        ledger.CaughtUp();
        using var bare = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = kafka.BootstrapServers, EnableIdempotence = true, Acks = Acks.All, LingerMs = 0, SocketNagleDisable = true,
        }).Build();

        var (ours, theirs) = (new List<double>(reservations), new List<double>(reservations));
        for (var number = -10 * Turn; number < reservations; number++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await ledger.ReserveAsync(
                new ReservationRequest($"user-{number & 1023}", null, "cpu", $"task-{number}", QuotaAmount.From(1), TimeSpan.FromHours(1), $"key-{number}"), default);
            var took = Stopwatch.GetElapsedTime(start);
            if (answer.Status != QuotaStatus.Ok || answer.Value?.Reservation is null)
                throw new InvalidOperationException($"No reservation: {answer.Status} {answer.Reason}");
            if (number >= 0)
                ours.Add(took.TotalMicroseconds);
            if ((number + 1) % Turn == 0)
                await ProduceAsync(bare, seen.Last!, number >= 0 ? theirs : []);
        }

        Console.WriteLine($"{reservations} reservations and as many bare produces of {seen.Last!.Value.Length} bytes, one after the other:");
        Console.WriteLine($"  broker's round trip  p50 {At(theirs, 0.5):F0} µs, p99 {At(theirs, 0.99):F0} µs");
        Console.WriteLine($"  reservation          p50 {At(ours, 0.5):F0} µs, p99 {At(ours, 0.99):F0} µs");
        var ratio = At(ours, 0.99) / At(theirs, 0.99);
        Console.WriteLine($"  p99 {ratio:F2} times the broker's; at most 2 is wanted.");
        return ratio <= 2 ? 0 : 1;
    }

    private static async Task ProduceAsync(IProducer<byte[], byte[]> producer, StateRecord record, List<double> times)
    {
        var message = new Message<byte[], byte[]> { Key = System.Text.Encoding.UTF8.GetBytes(record.Key), Value = record.Value.ToArray() };
        for (var i = 0; i < Turn; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await producer.ProduceAsync("bare", message);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }

    private static double At(List<double> times, double rank) => times.Order().ElementAt((int)(rank * (times.Count - 1)));
}
