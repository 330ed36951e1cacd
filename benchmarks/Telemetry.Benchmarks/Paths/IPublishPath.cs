namespace Telemetry.Benchmarks.Paths;

/// <summary>One way to hand an event over. Safe for use from any thread.</summary>
internal interface IPublishPath : IDisposable
{
    string Name { get; }

    /// <summary>Hands one event over.</summary>
    void Call();

    /// <summary>Waits until all events handed over so far have arrived, or are lost.</summary>
    /// <param name="expected">How many have arrived then, if none is lost.</param>
    void Drain(long expected);

    /// <summary>Events that arrived at the consumer so far: what a path loses must not count as speed.</summary>
    long Arrived { get; }
}
