using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Configuration;
using Telemetry.Collector.Measuring;
using Telemetry.Collector.Storage.DuckDb;

namespace Telemetry.Collector.Storage;

/// <summary>Fills in the engine where nothing names it, and checks every option.</summary>
internal sealed class StorageOptionsSetup(
    IConfiguration configuration, IOptions<ClickHouseOptions> clickHouse, IOptions<MeasuringOptions> measuring)
    : IPostConfigureOptions<StorageOptions>, IValidateOptions<StorageOptions>
{
    private const string Section = StorageOptions.Section;

    /// <summary>The engine, at a time when options cannot be asked for yet: it decides what is registered.</summary>
    public static StorageMode ModeOf(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<StorageOptions>()?.Mode ?? Default(ClickHouseOptionsSetup.IsConfigured(configuration));

    public void PostConfigure(string? name, StorageOptions options) => options.Mode ??= Default(clickHouse.Value.IsConfigured);

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (options.Mode is { } mode && !Enum.IsDefined(mode))
            failures.AddError($"{Section}:Mode is {mode}. Set it to {nameof(StorageMode.DuckDb)} or {nameof(StorageMode.ClickHouse)}.");
        failures.CheckText($"{Section}:{nameof(options.Path)}", options.Path, "a file, such as data/telemetry.duckdb");
        if (options.Mode == StorageMode.ClickHouse)
            CheckClickHouse(failures, options);
        if (options.RetentionDays is { } days && LongestLife() is { } life)
            failures.CheckRange($"{Section}:{nameof(options.RetentionDays)}", days, (int)Math.Ceiling(life.TotalDays), 36_500);
        return failures.Build();
    }

    private static StorageMode Default(bool hasClickHouse) => hasClickHouse ? StorageMode.ClickHouse : StorageMode.DuckDb;

    private void CheckClickHouse(ValidateOptionsResultBuilder failures, StorageOptions options)
    {
        if (!clickHouse.Value.IsConfigured)
        {
            failures.AddError(
                $"{Section}:Mode is ClickHouse, but no address is set. Set {ClickHouseOptions.UrlVariable} or {ClickHouseOptions.SectionName}:Url, " +
                "such as http://127.0.0.1:8123.");
        }

        // An address that was set for something else must not leave behind what a file holds.
        if (configuration[$"{Section}:{nameof(options.Mode)}"] is null && options.Path != DuckDbDatabase.InMemory && File.Exists(options.Path))
        {
            failures.AddError(
                $"ClickHouse's address is set, and the file '{options.Path}' holds the runs of before. Set {Section}:Mode to DuckDb to go on with the " +
                "file, or to ClickHouse to begin anew there.");
        }
    }

    /// <summary>How long a run may still be changed; null where the options that say so are wrong themselves.</summary>
    private TimeSpan? LongestLife()
    {
        try
        {
            return measuring.Value.OrphanAfter + measuring.Value.LongestWindow;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }
}
