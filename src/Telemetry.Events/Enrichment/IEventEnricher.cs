namespace Telemetry.Events;

/// <summary>
/// Adds attributes of the service's own to each event, such as the region or the request's correlation id. Register any number as
/// singletons: <c>services.AddSingleton&lt;IEventEnricher, MyEnricher&gt;()</c>.
/// </summary>
/// <remarks>
/// Called on the publishing thread for every event; keep it short, and safe for use from any thread. An enricher that throws, or
/// writes an attribute that it may not, costs the event that enricher's attributes and nothing else; it is logged. For attributes
/// that never change use <see cref="TelemetryEventsOptions.Attributes"/>, which are encoded once.
/// </remarks>
public interface IEventEnricher
{
    /// <summary>Writes the attributes of one event.</summary>
    /// <param name="attributes">Takes them; valid within this call only.</param>
    void Enrich(ref EventAttributeWriter attributes);
}
