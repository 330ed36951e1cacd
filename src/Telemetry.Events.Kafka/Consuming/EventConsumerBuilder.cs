using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Telemetry.Events.Kafka;

/// <summary>Continues the registration that <c>AddTelemetryEventConsumer</c> began: says who handles what.</summary>
public sealed class EventConsumerBuilder
{
    private readonly ConsumerRegistration _registration;

    internal EventConsumerBuilder(IServiceCollection services, ConsumerRegistration registration) =>
        (Services, _registration) = (services, registration);

    /// <summary>The services being registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The consumer's name.</summary>
    public string Name => _registration.Name;

    /// <summary>Handles one kind of typed event by a service, resolved in a scope of its own for each event.</summary>
    /// <typeparam name="TEvent">The typed event.</typeparam>
    /// <typeparam name="THandler">The handler; registered as scoped, unless it is registered already.</typeparam>
    /// <param name="typeInfo">How the payload is read, see <see cref="ConsumedEvent.TryReadData"/>.</param>
    /// <returns>This.</returns>
    public EventConsumerBuilder AddHandler<TEvent, THandler>(JsonTypeInfo<TEvent> typeInfo)
        where TEvent : ITelemetryEvent
        where THandler : class, IEventConsumerHandler<TEvent>
    {
        Services.TryAddScoped<THandler>();
        return Configure((services, dispatcher) =>
        {
            var scopes = services.GetRequiredService<IServiceScopeFactory>();
            dispatcher.On(typeInfo, async (data, consumed, cancellation) =>
            {
                var scope = scopes.CreateAsyncScope();
                await using (scope.ConfigureAwait(false))
                    await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(data, consumed, cancellation).ConfigureAwait(false);
            });
        });
    }

    /// <summary>Handles one kind of typed event by a function.</summary>
    /// <typeparam name="TEvent">The typed event.</typeparam>
    /// <param name="typeInfo">How the payload is read, see <see cref="ConsumedEvent.TryReadData"/>.</param>
    /// <param name="handler">Handles one event; see <see cref="IEventConsumerHandler{TEvent}"/> for what is asked of it.</param>
    /// <returns>This.</returns>
    public EventConsumerBuilder AddHandler<TEvent>(
        JsonTypeInfo<TEvent> typeInfo, Func<TEvent, ConsumedEvent, CancellationToken, ValueTask> handler)
        where TEvent : ITelemetryEvent =>
        Configure((_, dispatcher) => dispatcher.On(typeInfo, handler));

    /// <summary>Keeps what cannot be decoded. Without it, dead letters are logged and counted only.</summary>
    /// <typeparam name="THandler">The handler; registered as a singleton, unless it is registered already.</typeparam>
    /// <returns>This.</returns>
    public EventConsumerBuilder AddDeadLetterHandler<THandler>()
        where THandler : class, IDeadLetterHandler
    {
        Services.TryAddSingleton<THandler>();
        return Configure((services, dispatcher) => dispatcher.OnDeadLetter(services.GetRequiredService<THandler>().HandleAsync));
    }

    /// <summary>Adds to the dispatcher what has no method here.</summary>
    /// <param name="configure">Is given the services and the dispatcher, at the host's start.</param>
    /// <returns>This.</returns>
    public EventConsumerBuilder Configure(Action<IServiceProvider, EventDispatcher> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _registration.Handlers.Add(configure);
        return this;
    }

    /// <summary>Handles whole batches by a service, instead of single events; dead letters included.</summary>
    /// <typeparam name="THandler">The handler; registered as a singleton, unless it is registered already.</typeparam>
    /// <returns>This.</returns>
    public EventConsumerBuilder UseBatchHandler<THandler>()
        where THandler : class, IConsumedBatchHandler
    {
        Services.TryAddSingleton<THandler>();
        _registration.BatchHandler = static services => services.GetRequiredService<THandler>();
        return this;
    }
}
