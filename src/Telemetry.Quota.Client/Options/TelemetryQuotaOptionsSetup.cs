using Microsoft.Extensions.Options;

namespace Telemetry.Quota.Client;

/// <summary>Takes the address from the environment where nothing else sets it, and checks every option.</summary>
internal sealed class TelemetryQuotaOptionsSetup(Func<string, string?> readVariable)
    : IPostConfigureOptions<TelemetryQuotaOptions>, IValidateOptions<TelemetryQuotaOptions>
{
    private const string Section = TelemetryQuotaOptions.SectionName;

    public void PostConfigure(string? name, TelemetryQuotaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.BaseAddress))
            options.BaseAddress = readVariable(TelemetryQuotaOptions.UrlVariable);
    }

    public ValidateOptionsResult Validate(string? name, TelemetryQuotaOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        CheckAddress(failures, options.BaseAddress);
        if (options.FailureMode is null)
        {
            failures.AddError(
                $"{Section}:FailureMode is not set. Set it to FailClosed (nothing is spent while the Quota Service does not answer) or to " +
                "FailOpen (work goes on, and may go beyond a limit).");
        }
        else if (!Enum.IsDefined(options.FailureMode.Value))
        {
            failures.AddError($"{Section}:FailureMode is {options.FailureMode}. Set it to FailClosed or FailOpen.");
        }

        if (options.ApiKey is { } key && (key.Length == 0 || key.Any(character => character is <= ' ' or > '~')))
            failures.AddError($"{Section}:ApiKey is empty or holds characters that a header cannot carry. Set it to the key alone, or leave it unset.");
        CheckRange(failures, options.AttemptTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), nameof(options.AttemptTimeout));
        CheckRange(failures, options.TotalTimeout, options.AttemptTimeout, TimeSpan.FromMinutes(5), nameof(options.TotalTimeout));
        CheckRange(failures, options.MaxRetries, 0, 10, nameof(options.MaxRetries));
        CheckRange(failures, options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10), nameof(options.RetryDelay));
        return failures.Build();
    }

    private static void CheckAddress(ValidateOptionsResultBuilder failures, string? address)
    {
        const string Form = "such as http://collector:8080";
        if (string.IsNullOrWhiteSpace(address))
        {
            failures.AddError($"No address of the Quota Service. Set the environment variable {TelemetryQuotaOptions.UrlVariable} or {Section}:BaseAddress, {Form}.");
            return;
        }

        // Not shown: it may hold a password.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            failures.AddError($"{Section}:BaseAddress (environment variable {TelemetryQuotaOptions.UrlVariable}) is no address. Write it as http(s)://host[:port][/prefix], {Form}.");
        else if (url.UserInfo.Length > 0)
            failures.AddError($"{Section}:BaseAddress holds a user or password, which the Quota Service does not know. Remove it, and set {Section}:ApiKey.");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            failures.AddError($"{Section}:BaseAddress has a query or a fragment. Write it as http(s)://host[:port][/prefix], {Form}.");
    }

    private static void CheckRange<T>(ValidateOptionsResultBuilder failures, T value, T min, T max, string option)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            failures.AddError($"{Section}:{option} is {value}. Set it to a value from {min} to {max}.");
    }
}
