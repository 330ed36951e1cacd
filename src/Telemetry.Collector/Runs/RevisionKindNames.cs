namespace Telemetry.Collector.Runs;

/// <summary>The kinds of revisions as the API and the store write them. A contract: never rename one.</summary>
public static class RevisionKindNames
{
    /// <exception cref="ArgumentOutOfRangeException">The value is no kind.</exception>
    public static string Of(RevisionKind kind) => kind switch
    {
        RevisionKind.Provisional => "provisional",
        RevisionKind.Final => "final",
        RevisionKind.Correction => "correction",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of revision."),
    };

    /// <summary>The kind of that exact name, or null.</summary>
    public static RevisionKind? Find(string? name) => name switch
    {
        "provisional" => RevisionKind.Provisional,
        "final" => RevisionKind.Final,
        "correction" => RevisionKind.Correction,
        _ => null,
    };
}
