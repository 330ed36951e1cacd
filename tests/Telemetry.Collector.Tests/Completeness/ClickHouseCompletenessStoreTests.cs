using Telemetry.Collector.Completeness;
using Telemetry.Collector.Tests.Storage;
using Telemetry.Events;

namespace Telemetry.Collector.Tests.Completeness;

[Trait("Category", "Integration")]
public sealed class ClickHouseCompletenessStoreTests(ClickHouseFixture clickHouse) : CompletenessStoreContract, IClassFixture<ClickHouseFixture>
{
    private readonly string _name = clickHouse.NewName();

    protected override ICompletenessStore Open(params string[] topics) => new ClickHouseCompletenessStore(clickHouse.Tables(_name), topics);

    [Fact]
    public async Task What_two_Collectors_see_of_a_producer_beside_each_other_is_united()
    {
        using var first = (IDisposable)Open();
        using var second = (IDisposable)Open();
        var key = new ProducerClassKey("p1", DeliveryClass.Usage);
        Task AddAsync(IDisposable store, long sequence)
        {
            var events = new ArrivedEvents();
            events.Add(sequence, DateTimeOffset.UnixEpoch);
            return ((ICompletenessStore)store).AddAsync(new Dictionary<ProducerClassKey, ArrivedEvents> { [key] = events }, [], default);
        }

        for (var i = 1; i <= 20; i += 2)
            await Task.WhenAll(AddAsync(first, i), AddAsync(second, i + 1));

        var found = await ((ICompletenessStore)first).FindAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);
        Assert.Equal([new SequenceRange(1, 20)], found[key].Sequences.Ranges);
    }
}
