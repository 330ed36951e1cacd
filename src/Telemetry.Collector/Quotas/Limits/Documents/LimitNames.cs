using System.Text.RegularExpressions;

namespace Telemetry.Collector.Quotas.Limits.Documents;

/// <summary>What names may look like.</summary>
internal static partial class LimitNames
{
    /// <summary>The most characters of a user, a tenant, a task or an idempotency key.</summary>
    public const int MaxLength = 512;

    public const string PlanForm = "a plan's name: up to 64 lowercase letters, digits, '.', '_' and '-', beginning with a letter or digit";

    public const string IdForm = "1 to 512 characters, none of them U+0000";

    public static bool IsPlan(string? name) => name is not null && Plan().IsMatch(name);

    /// <summary>Whether it may be a user, a tenant or another id of somebody else: any text but an empty or endless one.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= MaxLength } && !id.Contains('\0');

    public static bool IsGrant(string id) => Grant().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Grant();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Plan();
}
