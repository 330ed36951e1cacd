namespace Telemetry.Events.Testing.Tests.Contract;

public class InMemoryContractTests
{
    public static TheoryData<string> Cases =>
        [.. TransportContract.CasesFor(InMemoryHarness.All)];

    public static TheoryData<string> Beyond => [.. TransportContract.CasesBeyond(InMemoryHarness.All)];

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(Beyond), Skip = "The harness cannot do what these need.")]
    public Task The_in_memory_transport_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new InMemoryHarness());

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(Beyond), Skip = "The harness cannot do what these need.")]
    public Task A_faulting_transport_without_faults_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new InMemoryHarness(inner => new FaultingTransport(inner, new FaultScript())));
}
