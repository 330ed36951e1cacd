using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>The smallest event, the largest one, and one that is larger.</summary>
internal static class SizeCases
{
    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(nameof(One_byte_and_the_largest_event_arrive), One_byte_and_the_largest_event_arrive),
        new(
            nameof(A_too_large_event_is_final_and_its_neighbours_arrive),
            A_too_large_event_is_final_and_its_neighbours_arrive,
            TransportCapabilities.SizeLimit),
    ];

    private static async Task One_byte_and_the_largest_event_arrive(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        OutgoingEvent[] batch =
        [
            ContractEvents.OfSize(session.Harness.Topic, 1, "k"),
            ContractEvents.OfSize(session.Harness.Topic, session.Harness.LargestBytes, "k"),
        ];

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        ContractEvents.RequireSame(batch, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static async Task A_too_large_event_is_final_and_its_neighbours_arrive(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        OutgoingEvent[] batch =
        [
            ContractEvents.OfSize(session.Harness.Topic, 10, "before"),
            ContractEvents.OfSize(session.Harness.Topic, session.Harness.TooLargeBytes, "large"),
            ContractEvents.OfSize(session.Harness.Topic, 10, "after"),
        ];

        var outcomes = await session.SendAsync(transport, batch).ConfigureAwait(false);

        ContractSession.Require(
            outcomes[1].Status == DeliveryStatus.Final,
            $"An event too large for the broker is {ContractSession.Describe(outcomes[1])}; " +
            "it should be Final, or it is sent again for ever.");
        ContractSession.Require(
            !string.IsNullOrEmpty(outcomes[1].Reason), "The outcome of an event too large for the broker has no reason.");
        // A broker may refuse the request as a whole: the neighbours are then for the next attempt.
        var left = batch.Where((_, i) => i != 1 && outcomes[i].Status != DeliveryStatus.Delivered).ToArray();
        await session.DeliverAfterOutageAsync(transport, left).ConfigureAwait(false);
        ContractEvents.RequireSame([batch[0], batch[2]], await session.ReadBackAsync(2).ConfigureAwait(false));
    }
}
