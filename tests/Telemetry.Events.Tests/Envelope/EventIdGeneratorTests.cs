using Telemetry.Events.Envelope;

namespace Telemetry.Events.Tests.Envelope;

public class EventIdGeneratorTests
{
    private static readonly DateTime Now = new(2026, 1, 31, 12, 0, 0, 123, DateTimeKind.Utc);

    [Fact]
    public void An_id_is_a_UUIDv7_of_its_moment()
    {
        var id = new EventIdGenerator().Next(Now);

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(Guid.CreateVersion7(Now).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void The_ids_of_a_thread_sort_in_their_order_within_a_millisecond_and_beyond()
    {
        var generator = new EventIdGenerator();

        var ids = Enumerable.Range(0, 5000).Select(i => generator.Next(Now.AddMilliseconds(i / 100)).ToString()).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Generators_begin_each_millisecond_apart_and_a_clock_that_steps_back_repeats_nothing()
    {
        var generators = Enumerable.Range(0, 100).Select(_ => new EventIdGenerator()).ToList();

        var ids = new[] { 0, 1, 0, 2, 1 }.SelectMany(step =>
            generators.SelectMany(generator => Enumerable.Range(0, 20).Select(_ => generator.Next(Now.AddMilliseconds(step))))).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
