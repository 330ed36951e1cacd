using Telemetry.Events.Testing;

namespace Telemetry.Events.Kafka.Tests.Transport;

[Trait("Category", "Integration")]
public class KafkaContractTests
{
    public static TheoryData<KafkaClient, string> Cases
    {
        get
        {
            var cases = new TheoryData<KafkaClient, string>();
            foreach (var name in TransportContract.CasesFor(TransportCapabilities.Outage | TransportCapabilities.SizeLimit))
            {
                cases.Add(KafkaClient.Native, name);
                cases.Add(KafkaClient.Managed, name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Kafka_keeps_the_contract(KafkaClient client, string name) =>
        TransportContract.VerifyAsync(name, () => new KafkaHarness(client));
}
