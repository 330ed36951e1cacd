using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>Events for the cases. A transport does not look into a body, so they are no envelopes.</summary>
internal static class ContractEvents
{
    private const int LongestShown = 64;

    /// <summary>Events with the bodies <c>{"n":first}</c> and so on.</summary>
    public static OutgoingEvent[] Numbered(string topic, int count, Func<int, string?> key, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(n => Create(topic, key(n), Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""")))];

    /// <summary>One event with a body of this many bytes, all digits.</summary>
    public static OutgoingEvent OfSize(string topic, int bytes, string? key)
    {
        var body = new byte[bytes];
        body.AsSpan().Fill((byte)'1');
        return Create(topic, key, body);
    }

    public static OutgoingEvent Create(string topic, string? key, ReadOnlyMemory<byte> body) =>
        new(Guid.CreateVersion7(), topic, key is null ? default : Encoding.UTF8.GetBytes(key), body);

    public static int NumberOf(StoredEvent stored) => int.Parse(stored.Body.Span[5..^1], CultureInfo.InvariantCulture);

    /// <summary>Demands that the broker holds exactly these events, in any order.</summary>
    public static void RequireSame(IEnumerable<OutgoingEvent> sent, IReadOnlyList<StoredEvent> stored)
    {
        var missing = sent.Select(outgoing => Describe(outgoing.Key, outgoing.Body))
            .GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count());
        foreach (var record in stored)
        {
            var text = Describe(record.Key, record.Body);
            ContractSession.Require(
                missing.TryGetValue(text, out var left), $"The broker holds an event that was not sent, or holds it twice: {text}.");
            if (left == 1)
                missing.Remove(text);
            else
                missing[text] = left - 1;
        }

        ContractSession.Require(
            missing.Count == 0,
            $"The broker lacks {missing.Values.Sum()} events reported as Delivered, such as {missing.Keys.FirstOrDefault()}.");
    }

    /// <summary>Demands that the broker holds these events at least once each, and nothing else: what was on its way when the broker
    /// went away may be stored twice.</summary>
    public static void RequireAtLeastOnce(int sent, IReadOnlyList<StoredEvent> stored)
    {
        var numbers = stored.Select(NumberOf).ToHashSet();
        ContractSession.Require(
            numbers.SetEquals(Enumerable.Range(0, sent)), $"Of {sent} events the broker holds {numbers.Count}.");
    }

    /// <summary>Demands that the events of each key stand in one partition in the order of their numbers.</summary>
    public static void RequireOrder(IEnumerable<StoredEvent> stored)
    {
        foreach (var key in stored.GroupBy(record => Encoding.UTF8.GetString(record.Key.Span)))
        {
            ContractSession.Require(
                key.Select(record => record.Partition).Distinct().Count() == 1,
                $"The events of {key.Key} are in several partitions.");
            var numbers = key.Select(NumberOf).ToList();
            for (var i = 1; i < numbers.Count; i++)
            {
                ContractSession.Require(
                    numbers[i] > numbers[i - 1], $"Of {key.Key}, event {numbers[i]} stands behind event {numbers[i - 1]}.");
            }
        }
    }

    // Hexadecimal: a difference in any byte shows, also where text would look the same.
    private static string Describe(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> body)
    {
        var bytes = body.Length <= LongestShown
            ? Convert.ToHexString(body.Span)
            : $"of {body.Length} bytes with SHA-256 {Convert.ToHexString(SHA256.HashData(body.Span))}";
        return $"key {Convert.ToHexString(key.Span)}, body {bytes}";
    }
}
