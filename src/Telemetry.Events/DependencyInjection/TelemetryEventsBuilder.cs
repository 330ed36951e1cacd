using Microsoft.Extensions.DependencyInjection;

namespace Telemetry.Events;

/// <summary>Continues the registration that <c>AddTelemetryEvents</c> began: transports hang their extensions here.</summary>
public sealed class TelemetryEventsBuilder
{
    internal TelemetryEventsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services being registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sends one topic by one transport, where several are registered. Routes added first are asked first.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="transport">The transport's name, such as <c>kafka</c>.</param>
    /// <returns>The same builder.</returns>
    public TelemetryEventsBuilder RouteTopic(string topic, string transport) =>
        Route(new EventRoute { Topic = topic, Transport = transport });

    /// <summary>Sends one delivery class by one transport, where several are registered. Routes added first are asked first.</summary>
    /// <param name="delivery">The delivery class.</param>
    /// <param name="transport">The transport's name, such as <c>kafka</c>.</param>
    /// <returns>The same builder.</returns>
    public TelemetryEventsBuilder RouteDelivery(DeliveryClass delivery, string transport) =>
        Route(new EventRoute { Delivery = delivery, Transport = transport });

    /// <summary>
    /// Sends one topic by one transport, and by a second one while the first one's circuit is open. Routes added first are asked first.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="transport">The transport's name, such as <c>kafka</c>.</param>
    /// <param name="failover">The second transport's name, such as <c>rest-proxy</c>.</param>
    /// <returns>The same builder.</returns>
    public TelemetryEventsBuilder RouteTopic(string topic, string transport, string failover) =>
        Route(new EventRoute { Topic = topic, Transport = transport, Failover = failover });

    /// <summary>
    /// Sends one delivery class by one transport, and by a second one while the first one's circuit is open. Routes added first are
    /// asked first.
    /// </summary>
    /// <param name="delivery">The delivery class.</param>
    /// <param name="transport">The transport's name, such as <c>kafka</c>.</param>
    /// <param name="failover">The second transport's name, such as <c>rest-proxy</c>.</param>
    /// <returns>The same builder.</returns>
    public TelemetryEventsBuilder RouteDelivery(DeliveryClass delivery, string transport, string failover) =>
        Route(new EventRoute { Delivery = delivery, Transport = transport, Failover = failover });

    /// <summary>
    /// Sends what goes by one transport by a second one while the first one's circuit is open, whatever the topic. Consumers must
    /// dedupe by id: what the first took without saying so comes again by the second.
    /// </summary>
    /// <param name="from">The first transport's name, such as <c>kafka</c>.</param>
    /// <param name="to">The second transport's name, such as <c>rest-proxy</c>.</param>
    /// <param name="configure">Sets when the circuit opens and for how long.</param>
    /// <returns>The same builder.</returns>
    public TelemetryEventsBuilder FailOver(string from, string to, Action<FailoverOptions>? configure = null)
    {
        Services.Configure<TelemetryEventsOptions>(options =>
        {
            options.Failover.Transports[from] = to;
            configure?.Invoke(options.Failover);
        });
        return this;
    }

    private TelemetryEventsBuilder Route(EventRoute route)
    {
        Services.Configure<TelemetryEventsOptions>(options => options.Routes.Add(route));
        return this;
    }
}
