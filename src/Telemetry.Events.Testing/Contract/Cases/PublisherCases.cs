using System.Globalization;
using System.Text;

namespace Telemetry.Events.Testing;

/// <summary>The real publisher over the transport: the ledger closes, and a consumer that dedupes by id sees each event once.</summary>
internal static class PublisherCases
{
    private const int Keys = 7;

    // Short of the retry's first pause, so that a flush meets an outage and not its end.
    private static readonly TimeSpan ShortFlush = TimeSpan.FromMilliseconds(500);

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(nameof(A_publisher_flushes_all_and_its_ledger_closes), A_publisher_flushes_all_and_its_ledger_closes),
        new(nameof(A_confirmed_event_stands_where_its_receipt_says), A_confirmed_event_stands_where_its_receipt_says),
        new(nameof(A_publish_during_dispose_is_delivered_or_refused), A_publish_during_dispose_is_delivered_or_refused),
        new(nameof(A_publisher_loses_nothing_by_an_outage), A_publisher_loses_nothing_by_an_outage, TransportCapabilities.Outage),
        new(nameof(A_publisher_that_fails_over_loses_nothing), A_publisher_that_fails_over_loses_nothing, TransportCapabilities.Outage),
    ];

    private static async Task A_publisher_flushes_all_and_its_ledger_closes(ContractSession session)
    {
        const int Count = 2000;
        var events = await session.CreatePublisherAsync().ConfigureAwait(false);
        await using var ending = events.ConfigureAwait(false);

        var ids = Publish(events.Publisher, session.Harness.Topic, first: 0, Count);
        var ledger = await events.Publisher.FlushAsync(session.Harness.Patience).ConfigureAwait(false);

        RequireClosed(ledger, Count);
        var stored = await session.ReadBackAsync(Count).ConfigureAwait(false);
        ContractSession.Require(stored.Count == Count, $"The broker holds {stored.Count} records of {Count} events, though none was sent twice.");
        RequireEachOnce(ids, stored);
        RequireSequences(stored);
    }

    private static async Task A_confirmed_event_stands_where_its_receipt_says(ContractSession session)
    {
        var events = await session.CreatePublisherAsync().ConfigureAwait(false);
        await using var ending = events.ConfigureAwait(false);

        var receipt = await events.Publisher.ConfirmAsync(Describe(session.Harness.Topic, DeliveryClass.Usage), new NumberedEvent(0, "key"))
            .AsTask().WaitAsync(session.Harness.Patience).ConfigureAwait(false);

        ContractSession.Require(receipt.IsDelivered, $"A healthy broker's receipt says {receipt.Reason}.");
        var record = (await session.ReadBackAsync(1).ConfigureAwait(false))[0];
        ContractSession.Require(Read(record).Id == receipt.EventId.ToString(), "The receipt's id is not the event's.");
        ContractSession.Require(
            receipt.Partition < 0 || receipt.Partition == record.Partition,
            $"The receipt says partition {receipt.Partition}, but the event stands in {record.Partition}.");
    }

    private static async Task A_publish_during_dispose_is_delivered_or_refused(ContractSession session)
    {
        const int Threads = 3;
        const int MostOfAThread = 2000;
        var events = await session.CreatePublisherAsync().ConfigureAwait(false);
        var publisher = events.Publisher;
        using var started = new SemaphoreSlim(0);

        var publishing = Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            var ids = new List<Guid>();
            for (var n = 0; n < MostOfAThread; n++)
            {
                var result = PublishOne(publisher, session.Harness.Topic, (thread * MostOfAThread) + n);
                if (!result.IsAccepted)
                    break;
                ids.Add(result.EventId);
                if (n == 0)
                    started.Release();
            }

            return ids;
        })).ToList();
        for (var thread = 0; thread < Threads; thread++)
            await started.WaitAsync(session.Harness.Patience).ConfigureAwait(false);
        await ContractSession.ReturnAsync(
            () => events.DisposeAsync().AsTask(), session.Harness.Patience, "The publisher's DisposeAsync").ConfigureAwait(false);

        var accepted = (await Task.WhenAll(publishing).ConfigureAwait(false)).SelectMany(ids => ids).ToList();
        RequireClosed(publisher.GetLedger(), accepted.Count);
        RequireEachOnce(accepted, await session.ReadBackAsync(accepted.Count).ConfigureAwait(false));
    }

    private static async Task A_publisher_loses_nothing_by_an_outage(ContractSession session)
    {
        const int Part = 100;
        var events = await session.CreatePublisherAsync().ConfigureAwait(false);
        await using var ending = events.ConfigureAwait(false);
        var ids = Publish(events.Publisher, session.Harness.Topic, first: 0, Part);
        await events.Publisher.FlushAsync(session.Harness.Patience).ConfigureAwait(false);

        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        ids.AddRange(Publish(events.Publisher, session.Harness.Topic, first: Part, Part));
        var during = await events.Publisher.FlushAsync(ShortFlush).ConfigureAwait(false);
        ContractSession.Require(
            during.InFlight == Part, $"With the broker down, a flush says that {during.InFlight} of {Part} events are in flight: {during}.");

        await session.Harness.BringUpAsync().ConfigureAwait(false);
        ids.AddRange(Publish(events.Publisher, session.Harness.Topic, first: 2 * Part, Part));
        RequireClosed(await events.Publisher.FlushAsync(session.Harness.Patience * 2).ConfigureAwait(false), ids.Count);

        RequireEachOnce(ids, await session.ReadBackAsync(ids.Count).ConfigureAwait(false));
    }

    private static async Task A_publisher_that_fails_over_loses_nothing(ContractSession session)
    {
        const int Part = 100;
        var standby = new StandbyTransport();
        var events = await session.CreatePublisherAsync(standby).ConfigureAwait(false);
        await using var ending = events.ConfigureAwait(false);
        var ids = Publish(events.Publisher, session.Harness.Topic, first: 0, Part);
        await events.Publisher.FlushAsync(session.Harness.Patience).ConfigureAwait(false);

        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        ids.AddRange(Publish(events.Publisher, session.Harness.Topic, first: Part, Part));
        RequireClosed(await events.Publisher.FlushAsync(session.Harness.Patience).ConfigureAwait(false), ids.Count);

        await session.Harness.BringUpAsync().ConfigureAwait(false);
        ids.AddRange(Publish(events.Publisher, session.Harness.Topic, first: 2 * Part, Part));
        RequireClosed(await events.Publisher.FlushAsync(session.Harness.Patience).ConfigureAwait(false), ids.Count);

        // One event may stand in both: the first was cancelled while it may have had it on its way.
        var stored = standby.Stored;
        var byStandby = stored.Select(record => Read(record).Id).Distinct().Count();
        RequireEachOnce(ids, [.. stored, .. await session.ReadBackAsync(ids.Count - byStandby).ConfigureAwait(false)]);
    }

    private static List<Guid> Publish(IEventPublisher publisher, string topic, int first, int count) =>
    [
        .. Enumerable.Range(first, count).Select(n =>
        {
            var result = PublishOne(publisher, topic, n);
            ContractSession.Require(result.IsAccepted, $"The publisher refused event {n}: {result.Refusal}.");
            return result.EventId;
        }),
    ];

    private static PublishResult PublishOne(IEventPublisher publisher, string topic, int n)
    {
        var delivery = n % 2 == 0 ? DeliveryClass.Usage : DeliveryClass.Telemetry;
        return publisher.Publish(Describe(topic, delivery), new NumberedEvent(n, $"{delivery}-{n % Keys}"));
    }

    private static EventDescriptor Describe(string topic, DeliveryClass delivery) => new("contract.event.happen", topic, delivery);

    private static void RequireClosed(LedgerSnapshot ledger, int delivered) => ContractSession.Require(
        ledger.InFlight == 0 && ledger.Classes.Sum(entry => entry.Delivered) == delivered && ledger.Classes.All(entry => entry.Dropped.Count == 0),
        $"{delivered} events should be delivered and nothing else, but the ledger says: {ledger}.");

    /// <summary>What a consumer does: the first record of an id counts; a later one must be the same.</summary>
    private static void RequireEachOnce(List<Guid> published, IReadOnlyList<StoredEvent> stored)
    {
        var records = new Dictionary<string, StoredEvent>();
        foreach (var record in stored)
        {
            var envelope = Read(record);
            ContractSession.Require(
                records.TryAdd(envelope.Id, record) || records[envelope.Id].Body.Span.SequenceEqual(record.Body.Span),
                $"The broker holds two events with the id {envelope.Id} and different bytes.");
            ContractSession.Require(
                envelope.GetAttribute(EnvelopeAttributes.PartitionKey) == Encoding.UTF8.GetString(record.Key.Span),
                $"The record's key of event {envelope.Id} is not its partitionkey.");
        }

        var missing = published.Count(id => !records.ContainsKey(id.ToString()));
        ContractSession.Require(
            missing == 0 && records.Count == published.Count,
            $"{published.Count} events were accepted; the broker lacks {missing} of them, and holds {records.Count} different ones.");
    }

    private static void RequireSequences(IReadOnlyList<StoredEvent> stored)
    {
        // The topic's events alternate between two classes, each with a sequence of its own.
        foreach (var entry in stored.Select(Read).GroupBy(envelope => envelope.GetAttribute(EnvelopeAttributes.PartitionKey)!.Split('-')[0]))
        {
            var sequences = entry.Select(envelope => long.Parse(envelope.GetAttribute(EnvelopeAttributes.Sequence)!, CultureInfo.InvariantCulture))
                .Order().ToList();
            ContractSession.Require(
                sequences[0] == 1 && sequences[^1] == sequences.Count, $"The sequence of class {entry.Key} has gaps: {sequences.Count} events up to {sequences[^1]}.");
        }
    }

    private static EventEnvelope Read(StoredEvent record)
    {
        ContractSession.Require(EventEnvelopeReader.TryRead(record.Body, out var envelope, out var error), $"No consumer can read a record: {error}");
        return envelope!;
    }
}
