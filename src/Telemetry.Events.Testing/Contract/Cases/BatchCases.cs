using System.Globalization;

namespace Telemetry.Events.Testing;

/// <summary>Batches of any size and mixture; what an outcome says belongs to the event at its position.</summary>
internal static class BatchCases
{
    private const int LargestBatch = 10_000;

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(nameof(An_empty_batch_returns), An_empty_batch_returns),
        new(nameof(A_batch_of_one_is_delivered), A_batch_of_one_is_delivered),
        new(nameof(A_batch_of_10000_is_delivered_once_and_in_order), A_batch_of_10000_is_delivered_once_and_in_order),
        new(nameof(Events_without_a_key_are_delivered_without_one), Events_without_a_key_are_delivered_without_one),
        new(nameof(An_outcome_names_the_place_of_its_own_event), An_outcome_names_the_place_of_its_own_event),
        new(nameof(Many_topics_in_one_batch_do_not_mix), Many_topics_in_one_batch_do_not_mix, TransportCapabilities.ManyTopics),
    ];

    private static async Task An_empty_batch_returns(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);

        await session.SendAsync(transport, []).ConfigureAwait(false);
    }

    private static async Task A_batch_of_one_is_delivered(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 1, _ => "k");

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        ContractEvents.RequireSame(batch, await session.ReadBackAsync(1).ConfigureAwait(false));
    }

    private static async Task A_batch_of_10000_is_delivered_once_and_in_order(ContractSession session)
    {
        const int Keys = 97;
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, LargestBatch, n => $"key-{n % Keys}");

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        var stored = await session.ReadBackAsync(batch.Length).ConfigureAwait(false);
        ContractEvents.RequireSame(batch, stored);
        ContractEvents.RequireOrder(stored);
    }

    private static async Task Events_without_a_key_are_delivered_without_one(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        // Between others: a key must not slip to a neighbour.
        var batch = ContractEvents.Numbered(session.Harness.Topic, 100, n => n % 3 == 0 ? $"key-{n}" : null);

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        ContractEvents.RequireSame(batch, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static async Task An_outcome_names_the_place_of_its_own_event(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 500, n => $"key-{n}");

        var outcomes = await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        foreach (var record in await session.ReadBackAsync(batch.Length).ConfigureAwait(false))
        {
            var outcome = outcomes[ContractEvents.NumberOf(record)];
            ContractSession.Require(
                Agree(outcome.Partition, record.Partition) && Agree(outcome.Offset, record.Offset),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Event {ContractEvents.NumberOf(record)} stands in partition {record.Partition} at offset {record.Offset}, but its outcome says partition {outcome.Partition}, offset {outcome.Offset}."));
        }
    }

    private static async Task Many_topics_in_one_batch_do_not_mix(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        string[] topics = [session.Harness.Topic, .. session.Harness.OtherTopics];
        ContractSession.Require(topics.Length > 2, "The harness claims ManyTopics, but OtherTopics has less than two.");
        // One key in all topics, and the topics in turn: neighbours are never of one topic.
        var batch = Enumerable.Range(0, 100 * topics.Length)
            .SelectMany(n => ContractEvents.Numbered(topics[n % topics.Length], 1, _ => "k", first: n)).ToArray();

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        foreach (var topic in topics)
        {
            var sent = batch.Where(outgoing => outgoing.Topic == topic).ToList();
            var stored = await session.ReadBackAsync(sent.Count, topic).ConfigureAwait(false);
            ContractSession.Require(
                stored.All(record => record.Topic == topic), $"Reading {topic}, the harness gives records of another topic.");
            ContractEvents.RequireSame(sent, stored);
            ContractEvents.RequireOrder(stored);
        }
    }

    // -1: the one or the other does not say.
    private static bool Agree(long said, long found) => said < 0 || found < 0 || said == found;
}
