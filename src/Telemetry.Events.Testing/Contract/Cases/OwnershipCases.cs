using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>After the return, events and outcomes are the publisher's again.</summary>
internal static class OwnershipCases
{
    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(nameof(Events_are_not_read_after_the_return), Events_are_not_read_after_the_return),
        new(
            nameof(Outcomes_are_not_written_after_the_return),
            Outcomes_are_not_written_after_the_return,
            TransportCapabilities.Outage),
    ];

    private static async Task Events_are_not_read_after_the_return(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var topic = session.Harness.Topic;
        var body = "{\"first\":true}"u8.ToArray();
        OutgoingEvent[] sent = [ContractEvents.Create(topic, "k", body.ToArray())];

        await session.DeliverAsync(transport, [ContractEvents.Create(topic, "k", body)]).ConfigureAwait(false);
        body.AsSpan().Fill((byte)'!');

        ContractEvents.RequireSame(sent, await session.ReadBackAsync(1).ConfigureAwait(false));
    }

    private static async Task Outcomes_are_not_written_after_the_return(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        await session.DeliverAsync(transport, ContractEvents.Numbered(session.Harness.Topic, 1, _ => "k")).ConfigureAwait(false);
        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        var outcomes = new DeliveryOutcome[3];
        using var cancellation = new CancellationTokenSource();
        var sending = ContractSession.StartAsync(() => transport.SendAsync(
            ContractEvents.Numbered(session.Harness.Topic, outcomes.Length, _ => "k", first: 1), outcomes, cancellation.Token));
        await cancellation.CancelAsync().ConfigureAwait(false);
        await ContractSession.ReturnAsync(
            () => sending, session.Harness.Promptness, "A cancelled SendAsync").ConfigureAwait(false);

        outcomes.AsSpan().Fill(ContractSession.Mark);
        await session.Harness.BringUpAsync().ConfigureAwait(false);
        // What the cancelled call has left on its way has been answered by the time that a later event of the same key is.
        await session.DeliverAfterOutageAsync(
            transport, ContractEvents.Numbered(session.Harness.Topic, 1, _ => "k", first: 10)).ConfigureAwait(false);

        ContractSession.Require(
            outcomes.All(outcome => outcome == ContractSession.Mark),
            "The transport wrote outcomes after SendAsync had returned; they are another batch's by then.");
    }
}
