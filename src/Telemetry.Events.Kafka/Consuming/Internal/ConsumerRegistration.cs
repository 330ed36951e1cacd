namespace Telemetry.Events.Kafka;

/// <summary>What a service said of one consumer while it was being composed.</summary>
internal sealed class ConsumerRegistration(string name)
{
    public string Name => name;

    /// <summary>Handlers of single events, added to one dispatcher in this order.</summary>
    public List<Action<IServiceProvider, EventDispatcher>> Handlers { get; } = [];

    /// <summary>Handles whole batches instead; null for the dispatcher.</summary>
    public Func<IServiceProvider, IConsumedBatchHandler>? BatchHandler { get; set; }

    public IConsumedBatchHandler CreateHandler(IServiceProvider services)
    {
        if (BatchHandler is not null)
            return BatchHandler(services);
        var dispatcher = new EventDispatcher();
        foreach (var add in Handlers)
            add(services, dispatcher);
        return dispatcher;
    }
}
