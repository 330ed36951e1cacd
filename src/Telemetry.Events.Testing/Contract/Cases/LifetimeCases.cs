using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>The transport's name, its cancellation and its end.</summary>
internal static class LifetimeCases
{
    private const int MaxNameLength = 32;

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(nameof(The_name_suits_a_metric), The_name_suits_a_metric),
        new(nameof(A_cancelled_call_returns_and_throws_nothing), A_cancelled_call_returns_and_throws_nothing),
        new(nameof(Dispose_ends_an_unused_transport), Dispose_ends_an_unused_transport),
        new(nameof(Dispose_ends_an_idle_transport_and_may_be_repeated), Dispose_ends_an_idle_transport_and_may_be_repeated),
        new(nameof(Dispose_during_a_call_ends_both), Dispose_during_a_call_ends_both),
        new(
            nameof(Dispose_ends_a_call_that_waits_for_the_broker),
            Dispose_ends_a_call_that_waits_for_the_broker,
            TransportCapabilities.Outage),
    ];

    private static async Task The_name_suits_a_metric(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);

        ContractSession.Require(
            transport.Name.Length is > 0 and <= MaxNameLength &&
            transport.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'),
            $"The name is '{transport.Name}'. Take 1 to {MaxNameLength} of a-z, 0-9, '-' and '_': it is an attribute of metrics.");
    }

    private static async Task A_cancelled_call_returns_and_throws_nothing(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 100, n => $"{n}");

        await ContractSession.ReturnAsync(
            () => session.SendAsync(transport, batch, new CancellationToken(canceled: true)),
            session.Harness.Promptness,
            "A cancelled SendAsync").ConfigureAwait(false);
    }

    private static async Task Dispose_ends_an_unused_transport(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);

        await ContractSession.ReturnAsync(
            () => transport.DisposeAsync().AsTask(), session.Harness.Patience, "DisposeAsync").ConfigureAwait(false);
    }

    private static async Task Dispose_ends_an_idle_transport_and_may_be_repeated(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 10, n => $"{n}");
        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        foreach (var call in new[] { "DisposeAsync", "A second DisposeAsync" })
        {
            await ContractSession.ReturnAsync(
                () => transport.DisposeAsync().AsTask(), session.Harness.Patience, call).ConfigureAwait(false);
        }

        ContractEvents.RequireSame(batch, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static async Task Dispose_during_a_call_ends_both(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 1000, n => $"{n}");

        var outcomes = await DisposeDuringAsync(session, transport, batch).ConfigureAwait(false);

        var delivered = Enumerable.Range(0, batch.Length).Where(n => outcomes[n].Status == DeliveryStatus.Delivered).ToList();
        ContractSession.Require(
            outcomes.All(outcome => outcome.Status != DeliveryStatus.Final),
            "Dispose made outcomes Final; what is not sent for it is Retriable or Unknown.");
        var stored = await session.ReadBackAsync(delivered.Count).ConfigureAwait(false);
        var missing = delivered.Except(stored.Select(ContractEvents.NumberOf)).Count();
        ContractSession.Require(missing == 0, $"The broker lacks {missing} events reported as Delivered during dispose.");
    }

    private static async Task Dispose_ends_a_call_that_waits_for_the_broker(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        await session.Harness.TakeDownAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 3, _ => "k");

        var outcomes = await DisposeDuringAsync(session, transport, batch).ConfigureAwait(false);

        ContractSession.Require(
            outcomes.All(outcome => outcome.Status is DeliveryStatus.Unknown or DeliveryStatus.Retriable),
            $"With the broker down, dispose left outcomes {string.Join(", ", outcomes.Select(ContractSession.Describe).Distinct())}; " +
            "they should be Retriable or Unknown.");
    }

    private static async Task<DeliveryOutcome[]> DisposeDuringAsync(
        ContractSession session, IEventTransport transport, OutgoingEvent[] batch)
    {
        var sending = session.SendAsync(transport, batch);
        await ContractSession.ReturnAsync(
            () => transport.DisposeAsync().AsTask(), session.Harness.Patience, "DisposeAsync during a call").ConfigureAwait(false);
        return await sending.ConfigureAwait(false);
    }
}
