namespace Telemetry.SpoolLoad;

/// <summary>One way to make an event durable.</summary>
internal interface IAcceptPath : IDisposable
{
    string Name { get; }

    int Threads { get; }

    /// <summary>Accepts some events, and returns how many: all of them durable.</summary>
    int Accept();
}
