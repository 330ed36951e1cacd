using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Measuring;

/// <summary>What spans more than one option.</summary>
public sealed class MeasuringOptionsValidator : IValidateOptions<MeasuringOptions>
{
    public ValidateOptionsResult Validate(string? name, MeasuringOptions options) =>
        options.MaxRetryDelay < options.RetryDelay
            ? ValidateOptionsResult.Fail(
                $"Collector:Measuring:MaxRetryDelay ({options.MaxRetryDelay:c}) is below RetryDelay ({options.RetryDelay:c}): " +
                "raise the first or lower the second.")
            : ValidateOptionsResult.Success;
}
