using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;

namespace Telemetry.Collector.Prometheus;

/// <summary>Checks every option of <see cref="PrometheusOptions"/>. Never repeats the address: it may hold a password.</summary>
public sealed class PrometheusOptionsValidator : IValidateOptions<PrometheusOptions>
{
    private const string Section = PrometheusOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckRange($"{Section}:QueryTimeout", options.QueryTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        failures.CheckRange($"{Section}:ScrapeInterval", options.ScrapeInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        failures.CheckRange($"{Section}:MaxConcurrentQueries", options.MaxConcurrentQueries, 1, 256);
        failures.CheckRange($"{Section}:MaxQueriesPerSecond", options.MaxQueriesPerSecond, 1, 100_000);
        failures.CheckRange($"{Section}:MaxAnswerBytes", options.MaxAnswerBytes, 64 * 1024, 1024 * 1024 * 1024);
        if (!PrometheusEndpoint.TryParse(options.Url, out var endpoint))
        {
            failures.AddError(
                "Collector:Prometheus:Url (or PROMETHEUS_URL) is no address of a Prometheus: " +
                "write http(s)://[user:password@]host[:port][/prefix], without query and fragment.");
        }

        if (options.BearerToken is { } token && (token.Length == 0 || token.Any(c => c is <= ' ' or > '~')))
        {
            failures.AddError(
                "Collector:Prometheus:BearerToken is empty or holds spaces or non-ASCII characters: " +
                "set the token alone, or remove the setting.");
        }

        if (options.BearerToken is not null && endpoint?.HasCredentials == true)
        {
            failures.AddError(
                "Collector:Prometheus has both a user in Url and a BearerToken, but a request can carry only one: " +
                "remove one of them.");
        }

        return failures.Build();
    }
}
