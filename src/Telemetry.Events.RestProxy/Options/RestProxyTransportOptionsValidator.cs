using System.Net;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.RestProxy;

/// <summary>Checks every option, and names each by where it was set.</summary>
internal sealed class RestProxyTransportOptionsValidator : IValidateOptions<RestProxyTransportOptions>
{
    private const string Section = RestProxyTransportOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, RestProxyTransportOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        CheckAddress(failures, options);
        CheckAuthentication(failures, options);
        if (!Enum.IsDefined(options.Dialect))
            failures.AddError($"{Section}:Dialect is {options.Dialect}. Set it to one of {string.Join(", ", Enum.GetNames<RestProxyDialect>())}.");
        if (!Enum.IsDefined(options.Format))
            failures.AddError($"{Section}:Format is {options.Format}. Set it to one of {string.Join(", ", Enum.GetNames<RestProxyFormat>())}.");
        if (!Enum.IsDefined(options.Compression))
            failures.AddError($"{Section}:Compression is {options.Compression}. Set it to one of {string.Join(", ", Enum.GetNames<RequestCompression>())}.");
        if (options.HttpVersion != HttpVersion.Version11 && options.HttpVersion != HttpVersion.Version20)
            failures.AddError($"{Section}:HttpVersion is {options.HttpVersion}. Set it to 1.1 or 2.0.");
        CheckRange(failures, options.MaxBatchRecords, 1, 10_000, nameof(options.MaxBatchRecords));
        CheckRange(failures, options.MaxRequestBytes, 16_384, 100_000_000, nameof(options.MaxRequestBytes));
        CheckRange(failures, options.MaxConnections, 1, 64, nameof(options.MaxConnections));
        CheckRange(failures, options.ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.ConnectTimeout));
        CheckRange(failures, options.RequestTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), nameof(options.RequestTimeout));
        return failures.Build();
    }

    private static void CheckAddress(ValidateOptionsResultBuilder failures, RestProxyTransportOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Url))
        {
            failures.AddError(
                $"No REST proxy address. Set the environment variable {RestProxyTransportOptions.UrlVariable} or {Section}:Url, " +
                "such as http://proxy:8082.");
        }
        else if (!RestProxyUrl.TryParse(options.Url, out _, out var error))
        {
            failures.AddError($"{Section}:Url (environment variable {RestProxyTransportOptions.UrlVariable}): {error}");
        }

        if (options.ClusterId is not null && string.IsNullOrWhiteSpace(options.ClusterId))
            failures.AddError($"{Section}:ClusterId is blank. Set it to the Kafka cluster's id, or leave it unset.");
        else if (options.ClusterId is not null && options.Dialect is not (RestProxyDialect.Auto or RestProxyDialect.ConfluentV3))
            failures.AddError($"{Section}:ClusterId is set, but {options.Dialect} has no cluster ids. Remove it, or set Dialect to ConfluentV3.");
    }

    private static void CheckAuthentication(ValidateOptionsResultBuilder failures, RestProxyTransportOptions options)
    {
        if (options.Password is not null && options.UserName is null)
            failures.AddError($"{Section}:Password is set without UserName. Set both, or put user:password@ into Url.");
        if (options.UserName?.Contains(':', StringComparison.Ordinal) == true)
            failures.AddError($"{Section}:UserName holds a colon, which basic authentication cannot carry. Use another user.");
        var inUrl = RestProxyUrl.TryParse(options.Url, out var url, out _) && url.UserName is not null;
        var ways = new[]
        {
            options.UserName is not null ? "UserName" : inUrl ? "Url" : null,
            options.BearerToken is not null ? "BearerToken" : null,
            options.BearerTokenProvider is not null ? "BearerTokenProvider" : null,
        }.OfType<string>().ToList();
        if (ways.Count > 1)
            failures.AddError($"{Section}: {string.Join(" and ", ways)} are set, but a request can carry one of them. Keep one.");
        if (options.BearerToken is not null && !ProxyCredentials.IsToken(options.BearerToken))
            failures.AddError($"{Section}:BearerToken is empty or holds characters that a header cannot carry. Set it to the token alone, without 'Bearer'.");
    }

    private static void CheckRange<T>(ValidateOptionsResultBuilder failures, T value, T min, T max, string option)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            failures.AddError($"{Section}:{option} is {value}. Set it to a value from {min} to {max}.");
    }
}
