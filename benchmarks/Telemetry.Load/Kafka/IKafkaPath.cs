namespace Telemetry.Load.Kafka;

/// <summary>A way of getting events to the broker.</summary>
internal interface IKafkaPath : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Sends so many events, and returns when each has been acknowledged.</summary>
    Task SendAsync(int events);
}
