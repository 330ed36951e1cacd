namespace Telemetry.Events.Testing;

/// <summary>
/// The contract of <see cref="Telemetry.Events.Transport.IEventTransport"/> as cases that any test framework can run: what the
/// publisher relies on when it promises that no event is lost unnoticed.
/// </summary>
/// <example>
/// With xunit:
/// <code>
/// public static TheoryData&lt;string&gt; Cases => [.. TransportContract.CasesFor(TransportCapabilities.Outage)];
/// public static TheoryData&lt;string&gt; Beyond => [.. TransportContract.CasesBeyond(TransportCapabilities.Outage)];
///
/// [Theory]
/// [MemberData(nameof(Cases))]
/// [MemberData(nameof(Beyond), Skip = "The harness cannot do what these need.")]
/// public Task It_keeps_the_contract(string name) => TransportContract.VerifyAsync(name, () => new MyHarness());
/// </code>
/// </example>
public static class TransportContract
{
    private static readonly IReadOnlyList<ContractCase> Cases =
    [
        .. DeliveryCases.All, .. BatchCases.All, .. SizeCases.All, .. OwnershipCases.All, .. LifetimeCases.All, .. OutageCases.All,
        .. PaceCases.All, .. PublisherCases.All,
    ];

    /// <summary>The names of the cases that a harness of these capabilities can run.</summary>
    /// <param name="capabilities">What the harness can do.</param>
    public static IReadOnlyList<string> CasesFor(TransportCapabilities capabilities) =>
        [.. Cases.Where(entry => capabilities.HasFlag(entry.Needs)).Select(entry => entry.Name)];

    /// <summary>The names of the other cases, for a test framework to show as skipped.</summary>
    /// <param name="capabilities">What the harness can do.</param>
    public static IReadOnlyList<string> CasesBeyond(TransportCapabilities capabilities) =>
        [.. Cases.Where(entry => !capabilities.HasFlag(entry.Needs)).Select(entry => entry.Name)];

    /// <summary>Runs one case against a new harness, which it disposes.</summary>
    /// <param name="name">One of <see cref="CasesFor"/>.</param>
    /// <param name="createHarness">Makes the harness.</param>
    /// <exception cref="TransportContractException">The transport breaks the contract.</exception>
    /// <exception cref="ArgumentException">There is no case of that name, or the harness cannot do what it needs.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="createHarness"/> is null.</exception>
    public static async Task VerifyAsync(string name, Func<TransportHarness> createHarness)
    {
        ArgumentNullException.ThrowIfNull(createHarness);
        var entry = Cases.FirstOrDefault(entry => entry.Name == name)
            ?? throw new ArgumentException(
                $"The contract has no case '{name}'. Take the names from TransportContract.CasesFor.", nameof(name));
        var harness = createHarness();
        await using (harness.ConfigureAwait(false))
        {
            if (!harness.Capabilities.HasFlag(entry.Needs))
            {
                throw new ArgumentException(
                    $"Case '{name}' needs {entry.Needs}, which {harness.GetType().Name} has not.", nameof(createHarness));
            }

            var session = new ContractSession(harness);
            await using (session.ConfigureAwait(false))
                await entry.RunAsync(session).ConfigureAwait(false);
        }
    }
}
