using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>A broker that is slow, or that asks for a pause.</summary>
internal static class PaceCases
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(
            nameof(A_slow_broker_gets_everything_once_and_in_order),
            A_slow_broker_gets_everything_once_and_in_order,
            TransportCapabilities.Slowness),
        new(
            nameof(Cancellation_ends_a_call_to_a_slow_broker),
            Cancellation_ends_a_call_to_a_slow_broker,
            TransportCapabilities.Slowness),
        new(nameof(A_throttling_broker_loses_nothing), A_throttling_broker_loses_nothing, TransportCapabilities.Throttling),
    ];

    private static async Task A_slow_broker_gets_everything_once_and_in_order(ContractSession session)
    {
        const int Batches = 3;
        const int BatchSize = 50;
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        await session.Harness.SlowDownAsync(Slow).ConfigureAwait(false);
        var sent = new List<OutgoingEvent>();

        for (var i = 0; i < Batches; i++)
        {
            var batch = ContractEvents.Numbered(session.Harness.Topic, BatchSize, n => $"key-{n % 5}", first: i * BatchSize);
            await session.DeliverAsync(transport, batch).ConfigureAwait(false);
            sent.AddRange(batch);
        }

        var stored = await session.ReadBackAsync(sent.Count).ConfigureAwait(false);
        ContractEvents.RequireSame(sent, stored);
        ContractEvents.RequireOrder(stored);
    }

    private static async Task Cancellation_ends_a_call_to_a_slow_broker(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        await session.Harness.SlowDownAsync(session.Harness.Promptness * 4).ConfigureAwait(false);
        using var cancellation = new CancellationTokenSource();
        var batch = ContractEvents.Numbered(session.Harness.Topic, 10, n => $"{n}");

        var sending = session.SendAsync(transport, batch, cancellation.Token);
        await cancellation.CancelAsync().ConfigureAwait(false);
        await ContractSession.ReturnAsync(
            () => sending, session.Harness.Promptness, "A cancelled SendAsync").ConfigureAwait(false);

        RequireNoneFinal(await sending.ConfigureAwait(false), "A cancelled call to a slow broker");
    }

    private static async Task A_throttling_broker_loses_nothing(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 50, n => $"key-{n % 5}");
        await session.Harness.ThrottleAsync(requests: 3).ConfigureAwait(false);

        var outcomes = await session.SendAsync(transport, batch).ConfigureAwait(false);
        RequireNoneFinal(outcomes, "A throttling broker");
        var left = batch.Where((_, i) => outcomes[i].Status != DeliveryStatus.Delivered).ToArray();
        await session.DeliverAfterOutageAsync(transport, left).ConfigureAwait(false);

        ContractEvents.RequireAtLeastOnce(batch.Length, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static void RequireNoneFinal(DeliveryOutcome[] outcomes, string what) => ContractSession.Require(
        outcomes.All(outcome => outcome.Status != DeliveryStatus.Final),
        $"{what} gave {string.Join(", ", outcomes.Select(ContractSession.Describe).Distinct())}; a later attempt would succeed, so nothing is Final.");
}
