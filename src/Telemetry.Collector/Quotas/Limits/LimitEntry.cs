using System.Globalization;

namespace Telemetry.Collector.Quotas.Limits;

/// <summary>An entry of the book as its last change left it; a removed one is kept for its revision.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Change">The last change.</param>
internal sealed record LimitEntry(LimitSubject Subject, LimitChange Change)
{
    public bool Exists => Change.After is not null;

    /// <summary>Whether the limits file made it.</summary>
    public bool IsFromFile => Exists && Change.Who == LimitChange.File;

    /// <summary>The entity tag of HTTP.</summary>
    public string Tag => TagOf(Change.Revision);

    public static string TagOf(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");
}
