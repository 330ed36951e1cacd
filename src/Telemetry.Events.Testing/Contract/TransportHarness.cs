using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>Gives the contract a transport and the broker behind it. One harness serves one case, with an empty broker.</summary>
/// <remarks>The contract calls one member at a time, and disposes the harness after the transports that it created.</remarks>
public abstract class TransportHarness : IAsyncDisposable
{
    /// <summary>A topic that exists and is empty. Default: <c>contract</c>.</summary>
    public virtual string Topic => "contract";

    /// <summary>How long anything may take on a healthy broker. Default: 30 s.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>How soon a cancelled call must return. Default: 5 s, for machines that do much else at the same time.</summary>
    public virtual TimeSpan Promptness => TimeSpan.FromSeconds(5);

    /// <summary>
    /// The size of the largest body tried, which the broker must take. Default: 1,000,000 less 1 KiB for the key and the framing.
    /// </summary>
    public virtual int LargestBytes => 1_000_000 - 1024;

    /// <summary>The size of a body that the broker refuses; with <see cref="TransportCapabilities.SizeLimit"/> only.</summary>
    /// <exception cref="NotSupportedException">The harness has no such limit.</exception>
    public virtual int TooLargeBytes => throw NotSupported(TransportCapabilities.SizeLimit);

    /// <summary>What the harness can do. Default: nothing more than it must.</summary>
    public virtual TransportCapabilities Capabilities => TransportCapabilities.None;

    /// <summary>A new transport to the harness's broker, which may be down.</summary>
    public abstract ValueTask<IEventTransport> CreateTransportAsync();

    /// <summary>Reads <see cref="Topic"/> from its beginning, each partition in its order, without the transport's help.</summary>
    /// <param name="count">Wait until there are as many. All that was stored before the call belongs to the result.</param>
    /// <param name="cancellationToken">The patience is over: return what there is.</param>
    public abstract Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, CancellationToken cancellationToken);

    /// <summary>Makes the broker unreachable; with <see cref="TransportCapabilities.Outage"/> only.</summary>
    /// <exception cref="NotSupportedException">The harness cannot.</exception>
    public virtual ValueTask TakeDownAsync() => throw NotSupported(TransportCapabilities.Outage);

    /// <summary>Makes it reachable again, with all that it has stored; with <see cref="TransportCapabilities.Outage"/> only.</summary>
    /// <exception cref="NotSupportedException">The harness cannot.</exception>
    public virtual ValueTask BringUpAsync() => throw NotSupported(TransportCapabilities.Outage);

    /// <summary>
    /// Topics beside <see cref="Topic"/> that exist and are empty, at least two; with <see cref="TransportCapabilities.ManyTopics"/>
    /// only.
    /// </summary>
    /// <exception cref="NotSupportedException">The harness has none.</exception>
    public virtual IReadOnlyList<string> OtherTopics => throw NotSupported(TransportCapabilities.ManyTopics);

    /// <summary>
    /// Reads one of <see cref="OtherTopics"/> as <see cref="ReadBackAsync"/> reads the first; with
    /// <see cref="TransportCapabilities.ManyTopics"/> only.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="count">Wait until there are as many.</param>
    /// <param name="cancellationToken">The patience is over: return what there is.</param>
    /// <exception cref="NotSupportedException">The harness has none.</exception>
    public virtual Task<IReadOnlyList<StoredEvent>> ReadBackFromAsync(string topic, int count, CancellationToken cancellationToken) =>
        throw NotSupported(TransportCapabilities.ManyTopics);

    /// <summary>Makes each answer of the broker come later from now on; with <see cref="TransportCapabilities.Slowness"/> only.</summary>
    /// <param name="delay">How much later.</param>
    /// <exception cref="NotSupportedException">The harness cannot.</exception>
    public virtual ValueTask SlowDownAsync(TimeSpan delay) => throw NotSupported(TransportCapabilities.Slowness);

    /// <summary>
    /// Makes the broker store nothing of the next requests and ask for a pause instead, as one does that throttles its clients (HTTP
    /// 429, Kafka's throttling or overload errors); with <see cref="TransportCapabilities.Throttling"/> only.
    /// </summary>
    /// <param name="requests">How many requests; those after them are served.</param>
    /// <exception cref="NotSupportedException">The harness cannot.</exception>
    public virtual ValueTask ThrottleAsync(int requests) => throw NotSupported(TransportCapabilities.Throttling);

    /// <summary>Ends the broker.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private NotSupportedException NotSupported(TransportCapabilities capability) =>
        new($"{GetType().Name} claims {capability} but does not implement it. Override the members that {capability} names.");
}
