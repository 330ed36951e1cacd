using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Limits.File;

/// <summary>Checks the options, and reads the file: a broken one fails the start.</summary>
internal sealed class LimitsFileOptionsValidator(KnownResources resources) : IValidateOptions<LimitsFileOptions>
{
    private const string Section = LimitsFileOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, LimitsFileOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        failures.CheckRange($"{Section}:LimitsPollInterval", options.LimitsPollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        if (options.LimitsPath is { } path)
            CheckFile(failures, path);
        return failures.Build();
    }

    private void CheckFile(ValidateOptionsResultBuilder failures, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            failures.AddError($"{Section}:LimitsPath is empty. Set it to a limits file, or remove the setting.");
            return;
        }

        try
        {
            LimitsFile.Read(System.IO.File.ReadAllBytes(path), path, resources);
        }
        catch (LimitsFileException exception)
        {
            foreach (var mistake in exception.Mistakes)
                failures.AddError(mistake);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failures.AddError(
                $"The limits file '{path}' cannot be read: {exception.Message} Set {Section}:LimitsPath to a file that this process may read, " +
                "or remove the setting.");
        }
    }
}
