using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.Quotas.Consuming;
using Telemetry.Collector.Quotas.Log;

namespace Telemetry.Collector.Quotas.Hosting;

/// <summary>Checks the options of what the Quota Service reads and writes.</summary>
internal sealed class QuotaPartsValidator(IConfiguration configuration)
    : IValidateOptions<QuotaOptions>, IValidateOptions<QuotaFeedOptions>, IValidateOptions<StateLogOptions>
{
    private const string Section = QuotaOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, QuotaOptions options) =>
        options.Enabled && DirectTopicsOptionsSetup.ModeOf(configuration) == DirectTopicsMode.Off
            ? ValidateOptionsResult.Fail(
                $"{Section}:Enabled is true, but {DirectTopicsOptions.SectionName}:Mode is Off: quotas are counted from the tables of the usage topics. " +
                "Set Mode to ClickHouse or Embedded, or Enabled to false.")
            : ValidateOptionsResult.Success;

    public ValidateOptionsResult Validate(string? name, QuotaFeedOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckRange($"{Section}:{nameof(options.PositionInterval)}", options.PositionInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        failures.CheckRange($"{Section}:{nameof(options.StallTimeout)}", options.StallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        return failures.Build();
    }

    public ValidateOptionsResult Validate(string? name, StateLogOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckText($"{Section}:{nameof(options.StateTopic)}", options.StateTopic, "a compacted topic such as quota_state");
        failures.CheckText($"{Section}:{nameof(options.StatePath)}", options.StatePath, "a file such as data/quota.duckdb");
        failures.CheckRange($"{Section}:{nameof(options.StateTimeout)}", options.StateTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        return failures.Build();
    }
}
