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

    private TelemetryEventsBuilder Route(EventRoute route)
    {
        Services.Configure<TelemetryEventsOptions>(options => options.Routes.Add(route));
        return this;
    }
}
