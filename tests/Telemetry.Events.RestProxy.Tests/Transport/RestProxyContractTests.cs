using Telemetry.Events.Testing;
using Telemetry.RestProxy.Conformance;
using Telemetry.Tests.Shared.Kafka;

namespace Telemetry.Events.RestProxy.Tests.Transport;

/// <summary>The contract by one dialect. Each has a class of its own: classes run beside each other, and these mostly wait.</summary>
public abstract class RestProxyContractTests(RestDialect dialect)
{
    public static TheoryData<string> Cases => [.. TransportContract.CasesFor(EmbeddedKafkaHarness.AllCapabilities)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task It_keeps_the_contract(string name) => TransportContract.VerifyAsync(name, () => new RestProxyHarness(dialect));

    [Fact]
    public void No_case_is_left_out() => Assert.Empty(TransportContract.CasesBeyond(EmbeddedKafkaHarness.AllCapabilities));
}

[Trait("Category", "Integration")]
public sealed class ConfluentV2ContractTests() : RestProxyContractTests(RestDialect.ConfluentV2);

[Trait("Category", "Integration")]
public sealed class ConfluentV3ContractTests() : RestProxyContractTests(RestDialect.ConfluentV3);

[Trait("Category", "Integration")]
public sealed class StrimziContractTests() : RestProxyContractTests(RestDialect.Strimzi);
