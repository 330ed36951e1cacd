namespace Telemetry.Chaos.Producers;

/// <summary>How a flow publishes.</summary>
internal enum FlowKind
{
    /// <summary>By <c>Publish</c>, on a thread of its own.</summary>
    Blocking,

    /// <summary>By <c>PublishAsync</c>, going on in whatever thread is free.</summary>
    Hopping,

    /// <summary>By <c>ConfirmAsync</c>.</summary>
    Confirming,
}
