using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Prometheus;

/// <summary>The address, and what spans more than one option. Never repeats the address: it may hold a password.</summary>
public sealed class PrometheusOptionsValidator : IValidateOptions<PrometheusOptions>
{
    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        if (!PrometheusEndpoint.TryParse(options.Url, out var endpoint))
        {
            return ValidateOptionsResult.Fail(
                "Collector:Prometheus:Url (or PROMETHEUS_URL) is no address of a Prometheus: " +
                "write http(s)://[user:password@]host[:port][/prefix], without query and fragment.");
        }

        if (options.BearerToken is not null && (options.BearerToken.Length == 0 || options.BearerToken.Any(c => c is <= ' ' or > '~')))
        {
            return ValidateOptionsResult.Fail(
                "Collector:Prometheus:BearerToken is empty or holds spaces or non-ASCII characters: set the token alone, or remove the setting.");
        }

        if (options.BearerToken is not null && endpoint.HasCredentials)
        {
            return ValidateOptionsResult.Fail(
                "Collector:Prometheus has both a user in Url and a BearerToken, but a request can carry only one: remove one of them.");
        }

        return ValidateOptionsResult.Success;
    }
}
