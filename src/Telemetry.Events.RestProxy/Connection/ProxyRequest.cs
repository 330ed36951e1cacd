namespace Telemetry.Events.RestProxy;

/// <summary>What is asked of the proxy.</summary>
/// <param name="Method">GET, or POST with the exchange's content.</param>
/// <param name="Uri">Where; holds no secret.</param>
/// <param name="Accept">The Accept header.</param>
internal readonly record struct ProxyRequest(HttpMethod Method, Uri Uri, string Accept);
