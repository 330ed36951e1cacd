using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>A healthy broker: everything arrives once, as it was, in order, and each event has its outcome.</summary>
internal static class DeliveryCases
{
    private const int Keys = 7;

    public static IReadOnlyList<ContractCase> All { get; } =
    [
        new(nameof(Every_event_of_a_batch_is_delivered_once), Every_event_of_a_batch_is_delivered_once),
        new(nameof(Key_and_body_keep_their_bytes), Key_and_body_keep_their_bytes),
        new(nameof(Events_of_one_key_keep_their_order), Events_of_one_key_keep_their_order),
        new(nameof(Concurrent_calls_do_not_mix), Concurrent_calls_do_not_mix),
    ];

    private static async Task Every_event_of_a_batch_is_delivered_once(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var batch = ContractEvents.Numbered(session.Harness.Topic, 1000, n => $"key-{n % Keys}");

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        ContractEvents.RequireSame(batch, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static async Task Key_and_body_keep_their_bytes(ContractSession session)
    {
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        var topic = session.Harness.Topic;
        // Slices: the publisher hands out parts of larger buffers.
        var buffer = Encoding.UTF8.GetBytes("""xx{"text":"quote \" and ü and 漢字 and \u0000"}xx""");
        OutgoingEvent[] batch =
        [
            ContractEvents.Create(topic, null, """{"key":"none"}"""u8.ToArray()),
            ContractEvents.Create(topic, "schlüssel 漢字", buffer.AsMemory(2, buffer.Length - 4)),
            ContractEvents.Create(topic, new string('k', 1000), "{ \"spaces\" : [ 1.10 , 1e3 ] }"u8.ToArray()),
        ];

        await session.DeliverAsync(transport, batch).ConfigureAwait(false);

        ContractEvents.RequireSame(batch, await session.ReadBackAsync(batch.Length).ConfigureAwait(false));
    }

    private static async Task Events_of_one_key_keep_their_order(ContractSession session)
    {
        const int Batches = 10;
        const int BatchSize = 100;
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);

        for (var i = 0; i < Batches; i++)
        {
            await session.DeliverAsync(
                transport,
                ContractEvents.Numbered(session.Harness.Topic, BatchSize, n => $"key-{n % Keys}", first: i * BatchSize))
                .ConfigureAwait(false);
        }

        var stored = await session.ReadBackAsync(Batches * BatchSize).ConfigureAwait(false);
        ContractEvents.RequireOrder(stored);
    }

    private static async Task Concurrent_calls_do_not_mix(ContractSession session)
    {
        const int BatchSize = 200;
        var transport = await session.CreateTransportAsync().ConfigureAwait(false);
        // One call for each delivery class, which is the most that a publisher does at once.
        var batches = Enum.GetValues<DeliveryClass>().Select((delivery, i) =>
            ContractEvents.Numbered(session.Harness.Topic, BatchSize, _ => $"{delivery}", first: i * BatchSize)).ToArray();

        await Task.WhenAll(batches.Select(batch => Task.Run(() => session.DeliverAsync(transport, batch)))).ConfigureAwait(false);

        var sent = batches.SelectMany(batch => batch).ToList();
        var stored = await session.ReadBackAsync(sent.Count).ConfigureAwait(false);
        ContractEvents.RequireSame(sent, stored);
        ContractEvents.RequireOrder(stored);
    }
}
