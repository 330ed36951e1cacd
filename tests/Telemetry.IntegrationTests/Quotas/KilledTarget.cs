namespace Telemetry.IntegrationTests.Quotas;

/// <summary>A Collector whose address changes with each start.</summary>
internal sealed class KilledTarget
{
    public HttpClient Client { get; private set; } = new();

    public Uri Address
    {
        set => Client = new HttpClient { BaseAddress = value, Timeout = TimeSpan.FromSeconds(20) };
    }
}
