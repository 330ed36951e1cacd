namespace Telemetry.Events.Testing.Tests.Contract;

public class InMemoryContractTests
{
    public static TheoryData<string> Cases =>
        [.. TransportContract.CasesFor(TransportCapabilities.Outage | TransportCapabilities.SizeLimit)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_in_memory_transport_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new InMemoryHarness());

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_faulting_transport_without_faults_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new InMemoryHarness(inner => new FaultingTransport(inner, new FaultScript())));
}
