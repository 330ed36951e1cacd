using Microsoft.Extensions.Options;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Quotas.Limits;

namespace Telemetry.Collector.Security;

/// <summary>Refuses weak keys, and an API that strangers could reach without one. Never shows a key.</summary>
internal sealed class ApiKeyOptionsValidator(IConfiguration configuration) : IValidateOptions<ApiKeyOptions>
{
    private const string Generate = "Generate one with: openssl rand -hex 24";

    public ValidateOptionsResult Validate(string? name, ApiKeyOptions options)
    {
        string[] failures = [.. CheckShape(), .. CheckKeys(options.ApiKeys), .. CheckAddresses(options.ApiKeys)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // The binder would take a lone value for no key at all.
    private IEnumerable<string> CheckShape()
    {
        if (!string.IsNullOrEmpty(configuration[$"{ApiKeyOptions.Section}:{nameof(ApiKeyOptions.ApiKeys)}"]))
            yield return "Collector:ApiKeys holds keys by name, and one value was given. Set Collector:ApiKeys:0 (environment: Collector__ApiKeys__0).";
    }

    private static IEnumerable<string> CheckKeys(IDictionary<string, string> keys)
    {
        foreach (var (name, key) in keys)
        {
            if (key.Length < ApiKeyOptions.MinKeyLength)
                yield return $"Collector:ApiKeys:{name} has {key.Length} characters; a key needs {ApiKeyOptions.MinKeyLength} at least. {Generate}";
            else if (key.Any(character => character is <= ' ' or > '~'))
                yield return $"Collector:ApiKeys:{name} has a blank or a character outside ASCII, which an HTTP header cannot carry. {Generate}";
            if (name is LimitChange.File or ApiKeyRing.Anonymous)
                yield return $"Collector:ApiKeys:{name} has a name that histories use for somebody else. Give the key another name.";
        }
    }

    private IEnumerable<string> CheckAddresses(IDictionary<string, string> keys)
    {
        foreach (var address in ListenAddresses.Configured(configuration))
        {
            if (!ListenAddresses.TryParse(address, out var parsed))
                yield return $"The address '{address}' to listen on is not valid. Write it as http://127.0.0.1:8080.";
            else if (keys.Count == 0 && !ListenAddresses.IsLocal(parsed))
                yield return
                    $"The Collector would listen on '{address}', which other machines can reach, and no API key is set. " +
                    "Set Collector:ApiKeys:0 (environment: Collector__ApiKeys__0), or listen on http://127.0.0.1:8080 only.";
        }
    }
}
