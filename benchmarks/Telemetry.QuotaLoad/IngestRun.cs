using System.Globalization;
using System.Text.Json;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.QuotaLoad;

/// <summary>From an event's bytes to its user's balance, on one thread, beside System.Text.Json's reader picking out the same fields.</summary>
internal static class IngestRun
{
    private const int Users = 10_000;
    private const int Events = 50_000;
    private const int FetchesOfRound = 250;
    private const int FetchesOfPosition = 25;
    private const int StoredBehind = 200_000;

    public static async Task RunAsync(int rounds)
    {
        var users = Enumerable.Range(0, Users).Select(_ => Guid.NewGuid().ToString()).ToArray();
        var events = new ReceivedEvents(await SdkEvents.CreateAsync(users, Events));
        var ledger = World.Create(new QuotaOptions { BackgroundLoads = 0 });
        foreach (var user in users)
            await ledger.CheckAsync(user, null, "cpu", QuotaAmount.From(1), default);
        var offset = 0L;
        // Until the memory of ids is full, and what is in it is used again.
        for (var i = 0; i < 12; i++)
            Ingest(ledger, events, ref offset);
        Console.WriteLine($"{events[0].Length} bytes an event");
        Rounds.Compare(
            rounds, ReceivedEvents.Count * FetchesOfRound, "reading alone", () => Time(events, Read),
            "Utf8JsonReader", () => Time(events, Pick));
        Rounds.Compare(
            rounds, ReceivedEvents.Count * FetchesOfRound, "ledger", () => Ingest(ledger, events, ref offset),
            "Utf8JsonReader", () => Time(events, Pick));
    }

    private static double Time(ReceivedEvents events, Action<ReceivedEvents> action)
    {
        var seconds = 0.0;
        for (var fetch = 0; fetch < FetchesOfRound; fetch++)
        {
            events.Receive(DateTime.UtcNow);
            seconds += Rounds.Time(() => action(events));
        }

        return seconds;
    }

    private static double Ingest(QuotaLedger ledger, ReceivedEvents events, ref long offset)
    {
        var seconds = 0.0;
        for (var fetch = 0; fetch < FetchesOfRound; fetch++)
        {
            events.Receive(DateTime.UtcNow);
            // No lambda: what it captures would be counted as the ledger's memory.
            var start = Environment.CpuUsage.TotalTime;
            Apply(ledger, events, offset, withPosition: (fetch + 1) % FetchesOfPosition == 0);
            seconds += (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            offset += ReceivedEvents.Count;
        }

        return seconds;
    }

    private static void Apply(QuotaLedger ledger, ReceivedEvents events, long offset, bool withPosition)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var i = 0; i < ReceivedEvents.Count; i++)
        {
            if (ledger.Apply(World.Topic, 0, offset++, now, events[i]) != UsageOutcome.Counted)
                throw new InvalidOperationException("An event did not count.");
        }

        if (withPosition)
            ledger.StoredUpTo(new UsagePositions(new Dictionary<string, IReadOnlyList<long>> { [World.Topic] = [Math.Max(0, offset - StoredBehind)] }));
    }

    private static void Read(ReceivedEvents events)
    {
        for (var i = 0; i < ReceivedEvents.Count; i++)
        {
            if (UsageReader.Read(World.Charges, events[i], out var usage) != UsageKind.Usage || usage.Amount <= QuotaAmount.Zero)
                throw new InvalidOperationException("An event was no usage.");
        }
    }

    private static void Pick(ReceivedEvents events)
    {
        for (var i = 0; i < ReceivedEvents.Count; i++)
        {
            var reader = new Utf8JsonReader(events[i]);
            var (found, credits) = (0, 0m);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                if (reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("type"u8) || reader.ValueTextEquals("time"u8) ||
                    reader.ValueTextEquals("tenantid"u8) || reader.ValueTextEquals("user_id"u8) || reader.ValueTextEquals("task_id"u8))
                {
                    reader.Read();
                    found += reader.ValueSpan.Length;
                }
                else if (reader.ValueTextEquals("credits"u8))
                {
                    reader.Read();
                    credits = reader.GetDecimal();
                }
            }

            if (found == 0 || credits == 0)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{found} {credits}"));
        }
    }
}
