using System.Runtime.CompilerServices;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Tests.Doctor;

/// <summary>A transport whose checks find what a test wants.</summary>
internal sealed class PreflightTransport(string name) : IEventTransport, ITransportPreflight
{
    public IReadOnlyList<PreflightFinding> Findings { get; init; } = [];

    /// <summary>What happens after the findings.</summary>
    public Func<CancellationToken, Task> AtEnd { get; init; } = _ => Task.CompletedTask;

    public PreflightRequest? Request { get; private set; }

    public string Name => name;

    public async IAsyncEnumerable<PreflightFinding> CheckAsync(
        PreflightRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Request = request;
        foreach (var finding in Findings)
            yield return finding;
        await AtEnd(cancellationToken);
    }

    public ValueTask SendAsync(ReadOnlyMemory<OutgoingEvent> batch, Memory<DeliveryOutcome> outcomes, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The doctor sent an event.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
