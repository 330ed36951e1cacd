using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>A broker that is away, at the start or in the middle.</summary>
internal static class OutageCases
{
    // Long enough to try, short enough not to wait for a client's own time-out, which may be half a minute.
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(
            nameof(Cancellation_ends_a_call_that_waits_for_the_broker),
            Cancellation_ends_a_call_that_waits_for_the_broker,
            TransportCapabilities.Outage),
        new(
            nameof(A_broker_that_is_down_at_the_start_is_found_when_it_is_up),
            A_broker_that_is_down_at_the_start_is_found_when_it_is_up,
            TransportCapabilities.Outage),
        new(
            nameof(An_outage_in_the_middle_loses_nothing),
            An_outage_in_the_middle_loses_nothing,
            TransportCapabilities.Outage),
    ];

    private static async Task Cancellation_ends_a_call_that_waits_for_the_broker(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        using var cancellation = new CancellationTokenSource();

        var batch = ContractEvents.Numbered(session.Harness.Topic, 3, _ => "k");
        var sending = session.SendAsync(transport, batch, cancellation.Token);
        await cancellation.CancelAsync().ConfigureAwait(false);
        await ContractSession.ReturnAsync(
            () => sending, session.Harness.Promptness, "A cancelled SendAsync").ConfigureAwait(false);

        RequireNotDelivered(await sending.ConfigureAwait(false));
    }

    private static async Task A_broker_that_is_down_at_the_start_is_found_when_it_is_up(ContractSession session)
    {
        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 10, n => $"{n}");
        await AttemptInVainAsync(session, transport, batch).ConfigureAwait(false);

        await session.Harness.BringUpAsync().ConfigureAwait(false);
        await session.DeliverAfterOutageAsync(transport, batch).ConfigureAwait(false);

        ContractEvents.RequireAtLeastOnce(batch.Length, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static async Task An_outage_in_the_middle_loses_nothing(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var before = ContractEvents.Numbered(session.Harness.Topic, 10, n => $"{n}");
        await session.DeliverAsync(transport, before).ConfigureAwait(false);

        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        var during = ContractEvents.Numbered(session.Harness.Topic, 10, n => $"{n}", first: before.Length);
        await AttemptInVainAsync(session, transport, during).ConfigureAwait(false);

        await session.Harness.BringUpAsync().ConfigureAwait(false);
        await session.DeliverAfterOutageAsync(transport, during).ConfigureAwait(false);

        var all = before.Length + during.Length;
        ContractEvents.RequireAtLeastOnce(all, await session.ReadBackAsync(all).ConfigureAwait(false));
    }

    private static async Task AttemptInVainAsync(ContractSession session, IEventTransport transport, OutgoingEvent[] batch)
    {
        using var end = new CancellationTokenSource(Attempt);
        RequireNotDelivered(await session.SendAsync(transport, batch, end.Token).ConfigureAwait(false));
    }

    private static void RequireNotDelivered(DeliveryOutcome[] outcomes) => ContractSession.Require(
        outcomes.All(outcome => outcome.Status is DeliveryStatus.Unknown or DeliveryStatus.Retriable),
        $"With the broker down, outcomes are {string.Join(", ", outcomes.Select(ContractSession.Describe).Distinct())}; " +
        "they should be Retriable or Unknown.");
}
