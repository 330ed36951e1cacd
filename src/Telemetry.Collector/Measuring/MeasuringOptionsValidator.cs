using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;
using Telemetry.Collector.Measuring.Catalog;

namespace Telemetry.Collector.Measuring;

/// <summary>Checks every option of <see cref="MeasuringOptions"/>.</summary>
public sealed class MeasuringOptionsValidator : IValidateOptions<MeasuringOptions>
{
    private const string Section = MeasuringOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, MeasuringOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckRange($"{Section}:SettleDelay", options.SettleDelay, TimeSpan.Zero, TimeSpan.FromHours(1));
        failures.CheckRange($"{Section}:CorrectionDelay", options.CorrectionDelay, TimeSpan.Zero, TimeSpan.FromDays(1));
        failures.CheckRange($"{Section}:OrphanAfter", options.OrphanAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(31));
        failures.CheckRange($"{Section}:PollInterval", options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        failures.CheckRange($"{Section}:MeasureConcurrency", options.MeasureConcurrency, 1, 64);
        failures.CheckRange($"{Section}:RetryDelay", options.RetryDelay, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        failures.CheckRange($"{Section}:MaxRetryDelay", options.MaxRetryDelay, options.RetryDelay, TimeSpan.FromDays(1));
        failures.CheckRange($"{Section}:LongestWindow", options.LongestWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(31));
        if (options.CatalogPath is { } path)
            CheckCatalog(failures, path);
        return failures.Build();
    }

    private static void CheckCatalog(ValidateOptionsResultBuilder failures, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            failures.AddError($"{Section}:CatalogPath is empty. Set it to a metric catalog's file, or remove the setting.");
            return;
        }

        try
        {
            MetricCatalog.Load(path);
        }
        catch (MetricCatalogException exception)
        {
            foreach (var mistake in exception.Mistakes)
                failures.AddError(mistake);
        }
    }
}
