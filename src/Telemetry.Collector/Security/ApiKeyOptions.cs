namespace Telemetry.Collector.Security;

/// <summary>Who may call the API; section <c>Collector</c>.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "Collector";

    /// <summary>The fewest characters that a key may have.</summary>
    public const int MinKeyLength = 16;

    /// <summary>
    /// Keys, any of which opens the API (<c>Collector:ApiKeys:0</c>, <c>:1</c>, …). Default none: then every caller on this
    /// machine may use it, and the Collector listens on loopback addresses only.
    /// </summary>
    public IList<string> ApiKeys { get; } = [];
}
