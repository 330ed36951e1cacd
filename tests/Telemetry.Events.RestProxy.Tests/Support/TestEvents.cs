using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy.Tests.Support;

/// <summary>Events as the publisher hands them over.</summary>
internal static class TestEvents
{
    public const string Topic = "events";

    public static OutgoingEvent Create(string? key, ReadOnlyMemory<byte> body, string topic = Topic) =>
        new(Guid.CreateVersion7(), topic, key is null ? default : Encoding.UTF8.GetBytes(key), body);

    public static OutgoingEvent[] Numbered(int count, Func<int, string?> key, string topic = Topic) =>
        [.. Enumerable.Range(0, count).Select(n => Create(key(n), Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""), topic))];
}
