using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Security;

/// <summary>Knows a caller by <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>.</summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    /// <summary>What is answered to a request without a right key.</summary>
    public static string Challenge(HttpRequest request) => ApiKeyRing.Presented(request) is null
        ? $"This address needs an API key. Send it as 'Authorization: Bearer KEY' or as '{ApiKeyRing.HeaderName}: KEY'."
        : "The API key is not one of this Collector's (Collector:ApiKeys).";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiKeyRing.Presented(Request) is not { } presented)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (keys.FindName(presented) is not { } name)
            return Task.FromResult(AuthenticateResult.Fail("The API key is not one of this Collector's."));

        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], SchemeName));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(Challenge(Request), statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }
}
