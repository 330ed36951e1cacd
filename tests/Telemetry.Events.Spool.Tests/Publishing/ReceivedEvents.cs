using System.Globalization;
using Telemetry.Events.Testing;

namespace Telemetry.Events.Spool.Tests.Publishing;

internal static class ReceivedEvents
{
    public static EventEnvelope Envelope(this ReceivedEvent received)
    {
        Assert.True(EventEnvelopeReader.TryRead(received.Body, out var envelope, out var error), error);
        return envelope;
    }

    public static int Number(this ReceivedEvent received) => received.Envelope().Data.GetProperty("number").GetInt32();

    public static long Sequence(this ReceivedEvent received) =>
        long.Parse(received.Envelope().GetAttribute(EnvelopeAttributes.Sequence)!, CultureInfo.InvariantCulture);

    /// <summary>Every number once, by one id each, and those of a key in their order.</summary>
    public static void RequireAllInOrder(this IReadOnlyList<ReceivedEvent> received, IEnumerable<int> numbers)
    {
        var first = received.DistinctBy(each => each.Envelope().Id).Select(Number).ToList();
        Assert.Equal(numbers.Order(), first.Order());
        foreach (var key in first.GroupBy(number => number % UsageSample.Keys))
            Assert.Equal(key.Order(), key);
    }
}
