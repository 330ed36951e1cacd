using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Security;

/// <summary>Composes authentication.</summary>
public static class SecurityExtensions
{
    /// <summary>
    /// With keys configured, every address needs one unless it says <c>AllowAnonymous</c>, an unknown one too. Without keys,
    /// start-up refuses to listen beyond this machine.
    /// </summary>
    public static WebApplicationBuilder AddCollectorSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ApiKeyOptions>, ApiKeyOptionsValidator>();
        builder.Services.AddSingleton<ApiKeyRing>();
        // Not AddAuthentication: it brings data protection, for cookies, which writes keys to the home directory.
        builder.Services.AddAuthenticationCore(options =>
        {
            options.AddScheme<ApiKeyAuthenticationHandler>(ApiKeyAuthenticationHandler.SchemeName, displayName: null);
            options.DefaultScheme = ApiKeyAuthenticationHandler.SchemeName;
        });
        builder.Services.AddTransient<ApiKeyAuthenticationHandler>();
        builder.Services.AddWebEncoders();
        builder.Services.AddAuthorization();
        builder.Services.AddOptions<AuthorizationOptions>().Configure<IOptions<ApiKeyOptions>>((authorization, keys) =>
        {
            if (keys.Value.ApiKeys.Count > 0)
                authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        });
        return builder;
    }
}
