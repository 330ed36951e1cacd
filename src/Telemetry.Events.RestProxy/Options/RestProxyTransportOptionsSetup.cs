using Microsoft.Extensions.Options;

namespace Telemetry.Events.RestProxy;

/// <summary>Takes the address from the environment where nothing else sets it.</summary>
internal sealed class RestProxyTransportOptionsSetup(Func<string, string?> readVariable) : IPostConfigureOptions<RestProxyTransportOptions>
{
    public void PostConfigure(string? name, RestProxyTransportOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Url))
            options.Url = readVariable(RestProxyTransportOptions.UrlVariable);
    }
}
