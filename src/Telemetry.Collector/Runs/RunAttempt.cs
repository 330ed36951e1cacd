namespace Telemetry.Collector.Runs;

/// <summary>The two events of one run of a task; one of them may be missing.</summary>
internal readonly record struct RunAttempt(RunEvent? Start, RunEvent? Finish)
{
    /// <summary>Where it ran; the start's word counts.</summary>
    public string? Node => Start?.Node ?? Finish?.Node;

    /// <summary>
    /// The finish names another node: told by another machine, or of an attempt whose start is still to come. It gives way to
    /// one that names the start's node.
    /// </summary>
    public bool IsEndedElsewhere => Start?.Node is { } node && Finish?.Node is { } other && node != other;

    /// <summary>Whether an event may be of this attempt by the node that it names. One that names none may be of any.</summary>
    public bool MayHave(RunEvent runEvent) => Node is null || runEvent.Node is null || Node == runEvent.Node;
}
