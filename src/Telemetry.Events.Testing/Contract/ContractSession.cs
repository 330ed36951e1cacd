using Microsoft.Extensions.DependencyInjection;
using Telemetry.Events.Transport;

namespace Telemetry.Events.Testing;

/// <summary>The transports of one case, and the steps that cases share: each with a deadline, each failing in words.</summary>
internal sealed class ContractSession(TransportHarness harness) : IAsyncDisposable
{
    /// <summary>An outcome that no transport gives.</summary>
    public static readonly DeliveryOutcome Mark = DeliveryOutcome.Final("mark_of_the_contract");

    private readonly List<IEventTransport> _transports = [];

    public TransportHarness Harness => harness;

    public async Task<IEventTransport> CreateTransportAsync()
    {
        var transport = await harness.CreateTransportAsync().ConfigureAwait(false);
        _transports.Add(transport);
        return transport;
    }

    /// <summary>Sends a batch, and sees that the call returns in time and throws nothing.</summary>
    public async Task<DeliveryOutcome[]> SendAsync(
        IEventTransport transport, OutgoingEvent[] batch, CancellationToken cancellationToken = default)
    {
        // A slice, as the publisher hands it out: what stands beside it belongs to other events.
        var memory = new DeliveryOutcome[batch.Length + 2];
        memory[0] = memory[^1] = Mark;
        await ReturnAsync(
            () => transport.SendAsync(batch, memory.AsMemory(1, batch.Length), cancellationToken).AsTask(),
            harness.Patience,
            "SendAsync").ConfigureAwait(false);
        Require(memory[0] == Mark && memory[^1] == Mark, "SendAsync wrote outcomes beside those of its batch.");
        return memory[1..^1];
    }

    /// <summary>Sends a batch and demands that all of it is delivered.</summary>
    public async Task<DeliveryOutcome[]> DeliverAsync(IEventTransport transport, OutgoingEvent[] batch)
    {
        var outcomes = await SendAsync(transport, batch).ConfigureAwait(false);
        for (var i = 0; i < outcomes.Length; i++)
        {
            Require(
                outcomes[i].Status == DeliveryStatus.Delivered,
                $"Event {i} of {batch.Length} is {Describe(outcomes[i])} on a healthy broker; it should be Delivered.");
        }

        return outcomes;
    }

    /// <summary>Sends what is not delivered yet again and again, as the publisher does, until all of it is.</summary>
    public async Task DeliverAfterOutageAsync(IEventTransport transport, OutgoingEvent[] batch)
    {
        using var deadline = new CancellationTokenSource(harness.Patience);
        while (batch.Length > 0)
        {
            Require(
                !deadline.IsCancellationRequested,
                $"{batch.Length} events are not delivered {harness.Patience} after the broker came up.");
            var outcomes = await SendAsync(transport, batch, deadline.Token).ConfigureAwait(false);
            batch = [.. batch.Where((_, i) => outcomes[i].Status != DeliveryStatus.Delivered)];
        }
    }

    /// <summary>The real publisher over a new transport, with the retries of a service that is in a hurry.</summary>
    /// <param name="standby">Takes over where the transport makes no progress; null for none.</param>
    public async Task<TelemetryEvents> CreatePublisherAsync(IEventTransport? standby = null)
    {
        var transport = await CreateTransportAsync().ConfigureAwait(false);
        return TelemetryEvents.Create(
            builder =>
            {
                builder.Services.AddSingleton(transport);
                if (standby is null)
                    return;
                builder.Services.AddSingleton(standby);
                builder.FailOver(
                    transport.Name, standby.Name, options => options.BreakDuration = options.AttemptTimeout = TimeSpan.FromSeconds(1));
            },
            options =>
            {
                options.ServiceName = "contract";
                options.RetryDelay = TimeSpan.FromMilliseconds(50);
                options.RetryMaxDelay = TimeSpan.FromMilliseconds(500);
                options.ShutdownTimeout = harness.Patience;
            });
    }

    /// <summary>What the broker holds of the first topic or of another, once it holds this many.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadBackAsync(int count, string? topic = null)
    {
        using var deadline = new CancellationTokenSource(harness.Patience);
        var stored = topic is null || topic == harness.Topic
            ? await harness.ReadBackAsync(count, deadline.Token).ConfigureAwait(false)
            : await harness.ReadBackFromAsync(topic, count, deadline.Token).ConfigureAwait(false);
        Require(stored.Count >= count, $"The broker holds {stored.Count} of {count} events that were reported as Delivered.");
        return stored;
    }

    /// <summary>Waits for a call that must return in time and must not throw.</summary>
    public static async Task ReturnAsync(Func<Task> call, TimeSpan within, string what)
    {
        try
        {
            await call().WaitAsync(within).ConfigureAwait(false);
        }
        catch (TransportContractException)
        {
            throw;
        }
        catch (TimeoutException exception)
        {
            throw new TransportContractException($"{what} did not return within {within}.", exception);
        }
#pragma warning disable CA1031 // Whatever it throws breaks the contract.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throw new TransportContractException(
                $"{what} threw {exception.GetType().Name}: {exception.Message} A runtime failure is an outcome, not an exception.",
                exception);
        }
    }

    /// <summary>Starts a call on this thread; what it throws at once is in the task.</summary>
    public static async Task StartAsync(Func<ValueTask> call) => await call().ConfigureAwait(false);

    public static void Require(bool holds, string message)
    {
        if (!holds)
            throw new TransportContractException(message);
    }

    public static string Describe(DeliveryOutcome outcome) =>
        outcome.Reason is null ? $"{outcome.Status}" : $"{outcome.Status} ({outcome.Reason})";

    public async ValueTask DisposeAsync()
    {
        foreach (var transport in _transports)
        {
            try
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Cases of their own look at disposal; here it would only hide what this case has found.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
