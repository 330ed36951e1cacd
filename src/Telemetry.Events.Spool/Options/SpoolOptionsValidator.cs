using Microsoft.Extensions.Options;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spool.Log;

namespace Telemetry.Events.Spool;

/// <summary>Checks every option, and whether the directory can be used.</summary>
internal sealed class SpoolOptionsValidator : IValidateOptions<SpoolOptions>
{
    private const string Section = SpoolOptions.SectionName;
    private const long MaxBytes = 1L << 40;
    private static readonly TimeSpan LongestCommitDelay = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, SpoolOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        CheckBytes(failures, options.MaxAuditBytes, nameof(options.MaxAuditBytes));
        CheckBytes(failures, options.MaxUsageBytes, nameof(options.MaxUsageBytes));
        var delay = options.MaxCommitDelay;
        if (delay != TimeSpan.Zero && (delay < TimeSpan.FromMilliseconds(1) || delay > LongestCommitDelay))
            failures.AddError($"{Section}:MaxCommitDelay is {delay}. Set it to zero, or to a value from 00:00:00.001 to {LongestCommitDelay}.");
        if (options.DegradedFillRatio is not (>= 0.1 and <= 1))
            failures.AddError($"{Section}:DegradedFillRatio is {options.DegradedFillRatio}. Set it to a value from 0.1 to 1.");

        if (string.IsNullOrWhiteSpace(options.Directory))
            failures.AddError($"{Section}:Directory is not set. Set it to a directory on a local disk that outlives the process, such as /var/lib/orders/spool.");
        else if (DirectoryCheck.FindProblem(options.Directory) is { } problem)
            failures.AddError($"{Section}:Directory is '{options.Directory}', which {problem}");
        return failures.Build();
    }

    private static void CheckBytes(ValidateOptionsResultBuilder failures, long value, string option)
    {
        if (value is < LogSettings.MinBytes or > MaxBytes)
            failures.AddError($"{Section}:{option} is {value}. Set it to a value from {LogSettings.MinBytes} (4 MiB) to {MaxBytes} (1 TiB).");
    }
}
