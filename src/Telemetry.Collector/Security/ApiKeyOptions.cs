namespace Telemetry.Collector.Security;

/// <summary>Who may call the API; section <c>Collector</c>.</summary>
public sealed class ApiKeyOptions
{
    public const string Section = "Collector";

    /// <summary>The fewest characters that a key may have.</summary>
    public const int MinKeyLength = 16;

    /// <summary>
    /// Keys by name, any of which opens the API: <c>Collector:ApiKeys:billing</c>, or numbered <c>Collector:ApiKeys:0</c>, <c>:1</c>, …
    /// The name says in histories who it was. Default none: then every caller on this machine may use it, and the Collector listens on
    /// loopback addresses only.
    /// </summary>
    public IDictionary<string, string> ApiKeys { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A key's name in histories: a number alone would say little.</summary>
    internal static string NameOf(string key) => int.TryParse(key, out _) ? $"key-{key}" : key;
}
