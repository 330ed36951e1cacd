using Telemetry.Events.Testing;
using Telemetry.RestProxy.Conformance;

namespace Telemetry.Events.RestProxy.Tests.Transport;

[Trait("Category", "Integration")]
public class RestProxyContractTests
{
    public static TheoryData<string> Cases =>
        [.. TransportContract.CasesFor(TransportCapabilities.Outage | TransportCapabilities.SizeLimit)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Confluent_v2_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new RestProxyHarness(RestDialect.ConfluentV2));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Confluent_v3_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new RestProxyHarness(RestDialect.ConfluentV3));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Strimzi_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new RestProxyHarness(RestDialect.Strimzi));
}
