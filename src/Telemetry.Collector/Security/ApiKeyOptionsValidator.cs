using Microsoft.Extensions.Options;
using Telemetry.Collector.Hosting;

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
            yield return "Collector:ApiKeys is a list, and one value was given. Set Collector:ApiKeys:0 (environment: Collector__ApiKeys__0).";
    }

    private static IEnumerable<string> CheckKeys(IList<string> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Length < ApiKeyOptions.MinKeyLength)
                yield return $"Collector:ApiKeys:{i} has {keys[i].Length} characters; a key needs {ApiKeyOptions.MinKeyLength} at least. {Generate}";
            else if (keys[i].Any(character => character is <= ' ' or > '~'))
                yield return $"Collector:ApiKeys:{i} has a blank or a character outside ASCII, which an HTTP header cannot carry. {Generate}";
        }
    }

    private IEnumerable<string> CheckAddresses(IList<string> keys)
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
