using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Telemetry.Events;

namespace Telemetry.Cli.Doctor;

/// <summary>
/// Takes the configuration's secrets out of a text. Transports mask their own; this is for what comes from elsewhere, such as the message
/// of an exception that nobody foresaw.
/// </summary>
internal sealed partial class Secrets
{
    private const string Masked = "***";

    // Shorter ones would be found within common words, and are no secrets worth the name.
    private const int ShortestMasked = 4;

    private readonly List<string> _values;

    /// <param name="configuration">Files and environment.</param>
    /// <param name="variables">The variables that hold addresses. Others have secrets too, but none that we were given.</param>
    public Secrets(IConfiguration configuration, IEnumerable<string> variables) =>
        _values =
        [
            .. configuration.GetSection(TelemetryEventsOptions.SectionName).AsEnumerable()
                .Concat(variables.Select(variable => KeyValuePair.Create(variable, configuration[variable])))
                .Where(entry => entry.Value is not null).SelectMany(entry => In(entry.Key, entry.Value!))
                .SelectMany(secret => new[] { secret, Uri.UnescapeDataString(secret) })
                .Where(secret => secret.Length >= ShortestMasked)
                .Distinct()
                // The longest first: one may hold another.
                .OrderByDescending(secret => secret.Length),
        ];

    public string Mask(string text) => _values.Aggregate(text, (masked, secret) => masked.Replace(secret, Masked, StringComparison.Ordinal));

    private static IEnumerable<string> In(string key, string value)
    {
        if (SecretName().IsMatch(key.Split(':')[^1]))
            yield return value;
        if (UserInfo().Match(value) is { Success: true } user)
            yield return user.Groups["password"].Value;
        foreach (Match setting in Setting().Matches(value))
        {
            if (SecretName().IsMatch(setting.Groups["name"].Value))
                yield return setting.Groups["value"].Value;
        }
    }

    [GeneratedRegex("password|secret|token$|credential|accesskey$|apikey$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // scheme://user:password@host
    [GeneratedRegex(@"^[a-z]+://[^/@:]*:(?<password>[^/]*)@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    // ?name=value&name=value of a URL, and name=value;name=value of a connection string.
    [GeneratedRegex(@"(?<=[?&;]|^)(?<name>[\w.]+)=(?<value>[^&;]+)")]
    private static partial Regex Setting();
}
