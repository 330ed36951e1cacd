namespace Telemetry.Events.Testing;

/// <summary>One rule of the contract.</summary>
/// <param name="Name">The rule, as a test's name.</param>
/// <param name="RunAsync">Throws <see cref="TransportContractException"/> where it is broken.</param>
/// <param name="Needs">What the harness must be able to do.</param>
internal sealed record ContractCase(
    string Name, Func<ContractSession, Task> RunAsync, TransportCapabilities Needs = TransportCapabilities.None);
