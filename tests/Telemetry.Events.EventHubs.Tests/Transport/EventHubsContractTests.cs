using Telemetry.Events.Testing;

namespace Telemetry.Events.EventHubs.Tests.Transport;

[Trait("Category", "Integration")]
public class EventHubsContractTests
{
    public static TheoryData<string> Cases =>
        [.. TransportContract.CasesFor(TransportCapabilities.Outage | TransportCapabilities.SizeLimit)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Event_Hubs_keeps_the_contract(string name) => TransportContract.VerifyAsync(name, () => new EventHubsHarness());
}
