using Telemetry.Events.Testing;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.EventHubs.Tests.Transport;

[Trait("Category", "Integration")]
public class EventHubsContractTests
{
    public static TheoryData<string> Cases => [.. TransportContract.CasesFor(EmbeddedKafkaHarness.AllCapabilities)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Event_Hubs_keeps_the_contract(string name) => TransportContract.VerifyAsync(name, () => new EventHubsHarness());

    [Fact]
    public void No_case_is_left_out() => Assert.Empty(TransportContract.CasesBeyond(EmbeddedKafkaHarness.AllCapabilities));
}
