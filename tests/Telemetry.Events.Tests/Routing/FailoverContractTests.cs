using Telemetry.Events.Testing;

namespace Telemetry.Events.Tests.Routing;

/// <summary>A pair is a transport like any other, whichever of the two is in use.</summary>
public class FailoverContractTests
{
    public static TheoryData<string> Cases => [.. TransportContract.CasesFor(FailoverHarness.All)];

    public static TheoryData<string> Beyond => [.. TransportContract.CasesBeyond(FailoverHarness.All)];

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(Beyond), Skip = "The harness cannot do what these need.")]
    public Task By_the_first_transport_it_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new FailoverHarness(open: false));

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(Beyond), Skip = "The harness cannot do what these need.")]
    public Task By_the_second_transport_it_keeps_the_contract(string name) =>
        TransportContract.VerifyAsync(name, () => new FailoverHarness(open: true));
}
