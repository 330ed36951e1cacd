using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Configuration;

/// <summary>Checks whose sentence names the option, the value found and the fix (docs/decisions/0004).</summary>
internal static class OptionChecks
{
    public static void CheckRange<T>(this ValidateOptionsResultBuilder failures, string option, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            failures.AddError($"{option} is {value}. Set it to a value from {min} to {max}.");
    }

    public static void CheckText(this ValidateOptionsResultBuilder failures, string option, string? value, string fix)
    {
        if (string.IsNullOrWhiteSpace(value))
            failures.AddError($"{option} is empty. Set it to {fix}.");
    }
}
