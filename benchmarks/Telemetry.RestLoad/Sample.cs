using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.RestLoad;

/// <summary>Encoded events as the publisher hands them over: 318 bytes of JSON under a key of 36.</summary>
internal static class Sample
{
    public const string Topic = "xumi_task";
    public const int BodyBytes = 318;
    public const int KeyBytes = 36;

    private const int Keys = 1000;

    public static OutgoingEvent[] Batch(int count)
    {
        var random = new Random(1);
        var keys = Enumerable.Range(0, Keys).Select(_ => Guid.NewGuid().ToString("D")).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => Event(keys[random.Next(Keys)]))];
    }

    /// <summary>As many events, a group of keys after the other.</summary>
    public static IEnumerable<OutgoingEvent[]> Groups(int count, int groups)
    {
        var random = new Random(1);
        var keys = Enumerable.Range(0, Keys).Select(_ => Guid.NewGuid().ToString("D")).Chunk(Keys / groups).ToArray();
        foreach (var group in keys)
            yield return [.. Enumerable.Range(0, count / groups).Select(_ => Event(group[random.Next(group.Length)]))];
    }

    private static OutgoingEvent Event(string key) => new(Guid.CreateVersion7(), Topic, Encoding.UTF8.GetBytes(key), Body(key));

    private static byte[] Body(string key)
    {
        var text = $$"""{"specversion":"1.0","id":"{{Guid.CreateVersion7()}}","source":"/runner","type":"xumi.task.run.start","time":"2026-01-31T12:00:00.1234567Z","subject":"task","partitionkey":"{{key}}","data":{"task_id":"task","user_id":"user","node":"node","model":""";
        return Encoding.UTF8.GetBytes($"{text}\"{new string('m', BodyBytes - text.Length - 4)}\"}}}}");
    }
}
