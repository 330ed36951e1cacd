using Telemetry.Events.Testing;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class KafkaContractTests
{
    public static TheoryData<string> Cases =>
        [.. TransportContract.CasesFor(TransportCapabilities.Outage | TransportCapabilities.SizeLimit)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Kafka_keeps_the_contract(string name) => TransportContract.VerifyAsync(name, () => new KafkaHarness());
}
