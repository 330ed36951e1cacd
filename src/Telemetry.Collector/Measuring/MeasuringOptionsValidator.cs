using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;

namespace Telemetry.Collector.Measuring;

/// <summary>Checks every option of <see cref="MeasuringOptions"/>.</summary>
public sealed class MeasuringOptionsValidator : IValidateOptions<MeasuringOptions>
{
    private const string Section = MeasuringOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, MeasuringOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckRange($"{Section}:SettleDelay", options.SettleDelay, TimeSpan.Zero, TimeSpan.FromHours(1));
        failures.CheckRange($"{Section}:PollInterval", options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        failures.CheckRange($"{Section}:MeasureConcurrency", options.MeasureConcurrency, 1, 64);
        failures.CheckRange($"{Section}:RetryDelay", options.RetryDelay, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        failures.CheckRange($"{Section}:MaxRetryDelay", options.MaxRetryDelay, options.RetryDelay, TimeSpan.FromDays(1));
        failures.CheckRange($"{Section}:LongestWindow", options.LongestWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(31));
        return failures.Build();
    }
}
