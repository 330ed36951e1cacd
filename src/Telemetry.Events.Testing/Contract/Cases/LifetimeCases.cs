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
}
