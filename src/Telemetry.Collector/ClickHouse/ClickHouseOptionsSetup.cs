using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;

namespace Telemetry.Collector.ClickHouse;

/// <summary>Takes the address from the environment where nothing else sets it, and checks every option. Never repeats the address: it may hold a password.</summary>
internal sealed partial class ClickHouseOptionsSetup(IConfiguration configuration)
    : IPostConfigureOptions<ClickHouseOptions>, IValidateOptions<ClickHouseOptions>
{
    private const string Section = ClickHouseOptions.SectionName;

    /// <summary>Whether an address is set, at a time when options cannot be asked for yet.</summary>
    public static bool IsConfigured(IConfiguration configuration) =>
        new[] { $"{Section}:{nameof(ClickHouseOptions.Url)}", ClickHouseOptions.UrlVariable }.Any(key => !string.IsNullOrWhiteSpace(configuration[key]));

    public void PostConfigure(string? name, ClickHouseOptions options)
    {
        if (!options.IsConfigured)
            options.Url = configuration[ClickHouseOptions.UrlVariable];
    }

    public ValidateOptionsResult Validate(string? name, ClickHouseOptions options)
    {
        if (!options.IsConfigured)
            return ValidateOptionsResult.Success;
        var failures = new ValidateOptionsResultBuilder();
        if (!ClickHouseEndpoint.TryParse(options.Url, out _))
        {
            failures.AddError(
                $"{Section}:Url (or {ClickHouseOptions.UrlVariable}) is no address of a ClickHouse: write http(s)://[user:password@]host[:port], " +
                $"without a path; the database is {Section}:Database.");
        }

        if (!Identifier().IsMatch(options.Database ?? ""))
            failures.AddError($"{Section}:Database is '{options.Database}'. Set it to a name of letters, digits and underscores, such as telemetry.");
        if (options.Cluster is { } cluster && !Identifier().IsMatch(cluster))
            failures.AddError($"{Section}:Cluster is '{cluster}'. Set it to a cluster of ClickHouse's system.clusters, or remove it.");
        failures.CheckRange($"{Section}:{nameof(options.Timeout)}", options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        return failures.Build();
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
    private static partial Regex Identifier();
}
