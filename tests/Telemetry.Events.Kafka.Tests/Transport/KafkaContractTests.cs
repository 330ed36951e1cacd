using Telemetry.Events.Testing;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.Kafka.Tests.Transport;

/// <summary>The contract by one client. Each has a class of its own: classes run beside each other, and these mostly wait.</summary>
public abstract class KafkaContractTests(KafkaClient client)
{
    public static TheoryData<string> Cases => [.. TransportContract.CasesFor(EmbeddedKafkaHarness.AllCapabilities)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task It_keeps_the_contract(string name) => TransportContract.VerifyAsync(name, () => new KafkaHarness(client));

    [Fact]
    public void No_case_is_left_out() => Assert.Empty(TransportContract.CasesBeyond(EmbeddedKafkaHarness.AllCapabilities));
}

[Trait("Category", "Integration")]
public sealed class NativeKafkaContractTests() : KafkaContractTests(KafkaClient.Native);

[Trait("Category", "Integration")]
public sealed class ManagedKafkaContractTests() : KafkaContractTests(KafkaClient.Managed);
